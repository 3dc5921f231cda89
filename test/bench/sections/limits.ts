import type { Flags } from '../flags.ts';
import { alternate, type Side } from '../load/alternate.ts';
import { evenly } from '../load/verify-requests.ts';
import { type Row, rowsOf } from '../report/row.ts';
import type { Stage } from '../stage/open-stage.ts';
import { startKeyward } from '../stage/processes.ts';
import { seedKeys } from '../stage/seed-keys.ts';
import type { Section } from './section.ts';

const windowSeconds = 3600;
const kinds = [
  // A limit so small ends within a second, so a thousand keys that have one take turns.
  { what: 'a limit of 1,000 an hour, a thousand keys', limit: 1000, count: 1000 },
  { what: 'a limit of 10,000,000 an hour, one key', limit: 10_000_000, count: 1 },
];

/** What a limit costs, where a node has it for itself and where three share it. */
export const limits: Section = {
  name: 'limits',
  async run(stage, flags) {
    const rows: Row[] = [];
    for (const kind of kinds) rows.push(...(await measureKind(kind, stage, flags)));
    return rows;
  },
};

async function measureKind(
  { what, limit, count }: (typeof kinds)[number],
  stage: Stage,
  flags: Flags,
): Promise<Row[]> {
  await using started = new AsyncDisposableStack();
  const { organizationId, callerSecret } = stage;
  const sides: Side[] = [];
  for (const nodes of [1, 3]) {
    // A database for each, so that each spends windows of its own.
    const databaseUrl = await stage.createDatabase();
    const rateLimit = { limit, windowSeconds };
    const secrets = await seedKeys(databaseUrl, { organizationId, count, rateLimit });
    const urls: string[] = [];
    while (urls.length < nodes) urls.push(started.use(await startKeyward(databaseUrl)).url);
    const name = `${what}; ${nodes === 1 ? 'one node' : `${nodes} nodes`}`;
    sides.push({ name, urls, next: evenly(callerSecret, secrets) });
  }
  const rate = await alternate(sides, flags);
  const row = rowsOf('limits');
  return sides.map(({ name }) => row.perSecond(name, rate(name)));
}
