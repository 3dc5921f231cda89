import { lockAccount } from '@keyward/server/accounts/second-factor/factors';
import type { Database } from '@keyward/server/database/connect-database';
import { expect } from 'vitest';

/**
 * Holds an account, lets a call come to wait for it, and then takes away what the call was to use: as
 * somebody does who removes a factor while it signs in.
 * @returns how the call was refused, or `done`.
 */
export async function whileHeld(
  database: Database,
  userId: string,
  { call, change }: { call: () => Promise<unknown>; change: string },
): Promise<string> {
  const { ending } = await database.transaction(async (transaction) => {
    await lockAccount(transaction, userId);
    const answer = call().then(
      () => 'done',
      (error: Error) => error.message,
    );
    await expect.poll(() => countWaiting(database), { timeout: 10_000 }).toBe(1);
    await transaction.execute(change);
    // In an object, because to return the promise itself would be to wait for it while the account is held.
    return { ending: answer };
  });
  return ending;
}

async function countWaiting(database: Database): Promise<number> {
  const rows = await database.execute(`select from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`);
  return rows.length;
}
