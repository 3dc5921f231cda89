import { DomainError } from '@keyward/shared/errors';
import { sql } from 'drizzle-orm';
import { instanceChain, recordAuditEvent } from '../audit/record-audit-event.ts';
import type { Context, UserActor } from '../context.ts';
import type { Transaction } from '../database/connect-database.ts';
import { createId } from '../database/create-id.ts';
import { isUniqueViolation } from '../database/is-unique-violation.ts';
import { users } from '../database/schema/accounts.ts';
import { hashPassword } from './passwords.ts';

/** Who may sign up: the first account alone, anybody, or nobody. The first one becomes operator. */
export type SignUpPolicy = 'first' | 'open' | 'closed';

// Any constant will do: two first accounts made at once take turns, and one of them is the first.
const firstAccountLock = 5_398_128;

export interface NewAccount {
  email: string;
  name: string;
  /** Null for who signs in by a provider alone. */
  password: string | null;
}

/** Makes an account, and records that its owner did. */
export async function createAccount(
  context: Context,
  input: NewAccount,
  policy: SignUpPolicy,
): Promise<UserActor> {
  // Before the hash, which is dear by design: a stranger is refused for nothing.
  await refuseUnlessOpen(context.database, policy);
  const passwordHash = input.password === null ? null : await hashPassword(input.password);
  try {
    return await context.database.transaction(async (transaction) => {
      await awaitFirstAccount(transaction);
      const isFirst = await refuseUnlessOpen(transaction, policy);
      const { email, name } = input;
      const id = createId('user');
      await transaction
        .insert(users)
        .values({ id, email, name, passwordHash, isOperator: isFirst });
      const actor: UserActor = { type: 'user', userId: id, email, name, isOperator: isFirst };
      await recordAuditEvent(
        transaction,
        { ...context, actor },
        {
          chain: instanceChain,
          action: 'account.created',
          target: { type: 'user', id },
          data: { email, name, isOperator: isFirst },
        },
      );
      return actor;
    });
  } catch (error) {
    if (isUniqueViolation(error, 'users_email_unique')) {
      throw new DomainError('conflict', 'This email has an account already: sign in instead.');
    }
    throw error;
  }
}

/** Refuses where the policy lets nobody sign up. Returns whether it would be the first account. */
async function refuseUnlessOpen(
  database: Context['database'],
  policy: SignUpPolicy,
): Promise<boolean> {
  const isFirst = !(await hasAccounts(database));
  if (policy === 'closed' || (policy === 'first' && !isFirst)) {
    throw new DomainError('sign_up_closed', 'Ask an admin of your organization to invite you.');
  }
  return isFirst;
}

/** Waits for whoever makes an account at this moment, and makes the next one wait until the transaction ends. */
export async function awaitFirstAccount(transaction: Transaction): Promise<void> {
  await transaction.execute(sql`select pg_advisory_xact_lock(${firstAccountLock})`);
}

/** Whether anybody has an account: without one, the next to sign up becomes operator. */
export async function hasAccounts(database: Context['database']): Promise<boolean> {
  const rows = await database.select({ id: users.id }).from(users).limit(1);
  return rows.length > 0;
}
