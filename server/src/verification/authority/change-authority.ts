import { DomainError } from '@keyward/shared/errors';
import type { Receipt } from '@keyward/shared/keys';
import { sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../database/connect-database.ts';
import { authorityRevision } from '../../database/schema/authority.ts';
import { protocolRules } from './rules.ts';
import { settleAuthority } from './settle-authority.ts';

/**
 * Changes what nodes hold in memory: keys, secrets, memberships, users, organizations, services. Commits the
 * change, and returns when no node acts on what was before, with the receipt that says so. A change that
 * turns out to be made already waits the same, and so does its refusal (a member who is gone, a rotation
 * that is over): whoever made it may not have waited to the end.
 * A trigger on those tables counts each change, and refuses one that is made any other way.
 * @param database a pool: within a transaction nothing is committed that could be waited for.
 */
export async function changeAuthority<Result>(
  database: Database,
  change: (transaction: Transaction) => Promise<Result>,
): Promise<{ result: Result; receipt: Receipt }> {
  if ('rollback' in database) {
    throw new Error('A change of authority is waited for: give changeAuthority the pool.');
  }
  const before = protocolRules.waitsOnRepeat ? null : await currentRevision(database);
  const made = database.transaction(async (transaction) => {
    await transaction.execute(sql`select set_config('keyward.changes_authority', 'on', true)`);
    return change(transaction);
  });
  const result = await made.catch(async (error: unknown) => {
    if (mayBeRepeat(error) && protocolRules.waitsOnRepeat) {
      await settleAuthority(database, { waits: true });
    }
    throw error;
  });
  const isRepeat = before !== null && before === (await currentRevision(database));
  return {
    result,
    receipt: await settleAuthority(database, { waits: protocolRules.waitsForNodes && !isRepeat }),
  };
}

const mayBeRepeat = (error: unknown) =>
  error instanceof DomainError && (error.code === 'not_found' || error.code === 'conflict');

async function currentRevision(database: Database): Promise<number | undefined> {
  const [row] = await database.select().from(authorityRevision);
  return row?.revision;
}
