import { sql } from 'drizzle-orm';
import type { Transaction } from './connect-database.ts';

const keyOf = (name: string) => sql`hashtextextended(${name}, 0)`;

/** Makes whoever takes a lock of this name wait for its turn, until the transaction ends. */
export async function takeLock(transaction: Transaction, name: string): Promise<void> {
  await transaction.execute(sql`select pg_advisory_xact_lock(${keyOf(name)})`);
}

/** Takes the lock until the transaction ends, or says at once that somebody else holds it. */
export async function tryLock(transaction: Transaction, name: string): Promise<boolean> {
  const [lock] = await transaction
    .select({ held: sql<boolean>`pg_try_advisory_xact_lock(${keyOf(name)})` })
    .from(sql`(select) as nothing`);
  return lock?.held === true;
}
