// Calls every route of the REST face with what its schema asks for, nearly asks for and never asks for.
// `npm run fuzz -- --calls 2000 --seed 42`: the same seed makes the same calls.
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '500' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
  },
});
console.log(`${values.calls} calls of each route, made from the seed ${values.seed}`);
process.env.KEYWARD_FUZZ_CALLS = values.calls;
process.env.KEYWARD_FUZZ_SEED = values.seed;
process.argv.splice(2, Number.POSITIVE_INFINITY, 'rest-fuzz');
await import('./run.ts');
