import type { ResetPasswordInput } from '@keyward/shared/accounts';
import { DomainError } from '@keyward/shared/errors';
import { and, eq, getTableColumns, gt, sql } from 'drizzle-orm';
import { instanceChain, recordAuditEvent } from '../../audit/record-audit-event.ts';
import type { Context } from '../../context.ts';
import type { Database } from '../../database/connect-database.ts';
import { type Mailing, queueMail } from '../../database/queue-mail.ts';
import { users } from '../../database/schema/accounts.ts';
import { passwordResets } from '../../database/schema/sign-in-ways.ts';
import { endEverything } from '../end-everything.ts';
import { hashPassword } from '../passwords.ts';
import { hashResetToken } from './make-reset-link.ts';

const isGood = (token: string) =>
  and(
    eq(passwordResets.tokenHash, hashResetToken(token)),
    gt(passwordResets.expiresAt, sql`now()`),
  );

const notFound = () =>
  new DomainError('not_found', 'This link was used, or is older than an hour: ask for another.');

/** Whose password a link sets. */
export async function findReset(database: Database, token: string) {
  const [user] = await database
    .select(getTableColumns(users))
    .from(passwordResets)
    .innerJoin(users, eq(users.id, passwordResets.userId))
    .where(isGood(token));
  if (user === undefined) {
    throw notFound();
  }
  return user;
}

/**
 * Sets a new password by a link, which is used up, and ends every session, every sign-in that is under way
 * and every other link. Nobody is signed in by it: a second factor is asked for as ever.
 */
export async function resetPassword(
  context: Context,
  { token, password }: ResetPasswordInput,
  mailing: Mailing | null,
): Promise<void> {
  // Before the hash, which is dear by design.
  const { id, email, name, isOperator } = await findReset(context.database, token);
  const passwordHash = await hashPassword(password);
  await context.database.transaction(async (transaction) => {
    await transaction.update(users).set({ passwordHash }).where(eq(users.id, id));
    const used = await transaction
      .delete(passwordResets)
      .where(isGood(token))
      .returning({ userId: passwordResets.userId });
    if (used.length === 0) {
      throw notFound();
    }
    const ended = await endEverything(transaction, id);
    if (mailing !== null) {
      await queueMail(transaction, context, mailing, { kind: 'password_changed', email });
    }
    await recordAuditEvent(
      transaction,
      { ...context, actor: { type: 'user', userId: id, email, name, isOperator } },
      {
        chain: instanceChain,
        action: 'account.password_reset',
        target: { type: 'user', id },
        data: { sessionsEnded: ended.length },
      },
    );
  });
}
