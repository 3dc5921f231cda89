import { expect } from 'vitest';
import { tally } from './refusal.ts';
import type { TestStore } from './test-store.ts';

/**
 * Starts calls while a table is locked, waits until every one of them has come to wait, and lets
 * them go at the same moment: they meet in the database, however unlike their ways there were.
 */
export async function letGoTogether(
  store: TestStore,
  table: string,
  calls: readonly (() => Promise<unknown>)[],
): Promise<Record<string, number>> {
  const { counting } = await store.sql.begin(async (gate) => {
    await gate`lock table ${gate(table)} in access exclusive mode`;
    const counts = tally(calls.map((call) => call()));
    await expect.poll(() => countWaiting(store), { timeout: 10_000 }).toBe(calls.length);
    // In an object, because to return the promise itself would be to wait for it within the gate.
    return { counting: counts };
  });
  return counting;
}

async function countWaiting({ sql }: TestStore): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int from pg_locks join pg_database d on d.oid = database
    where d.datname = current_database() and not granted`;
  return row?.count ?? 0;
}
