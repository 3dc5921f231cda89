import { parseArgs } from 'node:util';

export interface Flags {
  /** Of one side in one round, in seconds. */
  seconds: number;
  rounds: number;
  /** That ask at once. */
  connections: number;
  /** How many keys there are in the three sizes, the smallest first. */
  sizes: readonly [number, number, number];
  /** How many single requests a latency is taken from. */
  samples: number;
  /** How many keys are touched to weigh one. */
  touched: number;
  /** Null runs every section. */
  only: readonly string[] | null;
  /** Whether RESULTS.md is written. */
  write: boolean;
}

export const usage = `Usage: npm run bench -- [--seconds 3] [--rounds 5] [--connections 32] [--only verify,pages]
                    [--quick] [--write | --no-write]
  --quick  a smoke test of some two minutes with few keys; its figures mean little
  RESULTS.md is written by a whole run that is not quick, and with --write.
`;

/** Parses the command line. Throws on what it does not know. */
export function readFlags(args: string[]): Flags {
  const { values } = parseArgs({
    args,
    allowNegative: true,
    options: {
      seconds: { type: 'string' },
      rounds: { type: 'string' },
      connections: { type: 'string' },
      only: { type: 'string' },
      quick: { type: 'boolean', default: false },
      write: { type: 'boolean' },
    },
  });
  const { quick } = values;
  return {
    seconds: positive(values.seconds ?? (quick ? '0.5' : '3')),
    rounds: positive(values.rounds ?? (quick ? '2' : '5')),
    connections: positive(values.connections ?? '32'),
    sizes: quick ? [1000, 5000, 20_000] : [1000, 100_000, 1_000_000],
    samples: quick ? 20 : 200,
    touched: quick ? 5000 : 100_000,
    only: values.only?.split(',') ?? null,
    write: values.write ?? (!quick && values.only === undefined),
  };
}

function positive(text: string): number {
  const number = Number(text);
  if (!(number > 0)) {
    throw new Error(`${text} is not a number above 0.`);
  }
  return number;
}
