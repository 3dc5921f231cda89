import type { ResetPasswordInput } from '@keyward/shared/accounts';
import { DomainError } from '@keyward/shared/errors';
import { and, eq, getTableColumns, gt, isNull, ne, or, sql } from 'drizzle-orm';
import { instanceChain, recordAuditEvent } from '../../audit/record-audit-event.ts';
import type { Context, UserActor } from '../../context.ts';
import type { Database, Transaction } from '../../database/connect-database.ts';
import { type Mailing, queueMail } from '../../database/queue-mail.ts';
import { users } from '../../database/schema/accounts.ts';
import { identities, passwordResets } from '../../database/schema/sign-in-ways.ts';
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
 * Sets a new password by a link, which is used up, and ends every session, every sign-in that is under way,
 * every other link, and what a provider signs in under another email. Nobody is signed in by it: a second factor is asked for as ever.
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
    const actor: UserActor = { type: 'user', userId: id, email, name, isOperator };
    await recordAuditEvent(
      transaction,
      { ...context, actor },
      {
        chain: instanceChain,
        action: 'account.password_reset',
        target: { type: 'user', id },
        data: { sessionsEnded: ended.length },
      },
    );
    await disconnectOthers(transaction, { ...context, actor });
  });
}

// Whoever signed up with an email that is not theirs, and connected themselves, must not stay in the account
// that its owner has got hold of. A provider that knows the owner by the same email goes on.
async function disconnectOthers(
  transaction: Transaction,
  context: Context & { actor: UserActor },
): Promise<void> {
  const { userId, email } = context.actor;
  const isOther = or(isNull(identities.email), ne(identities.email, email));
  const removed = await transaction
    .delete(identities)
    .where(and(eq(identities.userId, userId), isOther))
    .returning();
  for (const one of removed) {
    await recordAuditEvent(transaction, context, {
      chain: instanceChain,
      action: 'account.provider_disconnected',
      target: { type: 'user', id: userId },
      data: { issuer: one.issuer, email: one.email, because: 'account.password_reset' },
    });
  }
}
