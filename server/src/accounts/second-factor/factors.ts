import type { Factors } from '@keyward/shared/accounts';
import { DomainError } from '@keyward/shared/errors';
import { and, eq, isNotNull, isNull, ne } from 'drizzle-orm';
import type { Context, UserActor } from '../../context.ts';
import type { Database, Transaction } from '../../database/connect-database.ts';
import {
  authenticators,
  recoveryCodes,
  sessions,
  signInChallenges,
  users,
} from '../../database/schema/accounts.ts';
import { passkeys } from '../../database/schema/sign-in-ways.ts';
import { renewCodes } from './recovery-codes.ts';

export const hasAny = ({ authenticator, passkey }: Factors): boolean => authenticator || passkey;

export async function findFactors(database: Database, userId: string): Promise<Factors> {
  const isOn = and(eq(authenticators.userId, userId), isNotNull(authenticators.confirmedAt));
  const [authenticatorsOn, passkeysOfUser] = [
    await database.$count(authenticators, isOn),
    await database.$count(passkeys, eq(passkeys.userId, userId)),
  ];
  return { authenticator: authenticatorsOn > 0, passkey: passkeysOfUser > 0 };
}

/** Holds an account: a sign-in that is under way waits, and then sees what has been changed. */
export async function lockAccount(transaction: Transaction, userId: string): Promise<void> {
  await transaction.select({ id: users.id }).from(users).where(eq(users.id, userId)).for('update');
}

/**
 * What follows when an account has got a factor, under its lock. The first one ends every other session: an
 * account with a second factor has no session without one, in which it could be taken away again.
 * @returns recovery codes, where there were none that are left.
 */
export async function settleNewFactor(
  transaction: Transaction,
  { actor }: Context & { actor: UserActor },
  before: Factors,
): Promise<{ recoveryCodes: string[] | null; otherSessionsEnded: number }> {
  const { userId } = actor;
  const own = await transaction
    .update(sessions)
    .set({ hasSecondFactor: true })
    .where(eq(sessions.idHash, actor.session?.id ?? ''))
    .returning({ id: sessions.idHash });
  if (own.length === 0) {
    throw new DomainError('not_signed_in', 'This session was ended elsewhere: sign in again.');
  }
  if (hasAny(before)) {
    const unused = and(eq(recoveryCodes.userId, userId), isNull(recoveryCodes.usedAt));
    const hasCodes = (await transaction.$count(recoveryCodes, unused)) > 0;
    return {
      recoveryCodes: hasCodes ? null : await renewCodes(transaction, userId),
      otherSessionsEnded: 0,
    };
  }
  const others = await transaction
    .delete(sessions)
    .where(and(eq(sessions.userId, userId), ne(sessions.idHash, actor.session?.id ?? '')))
    .returning({ id: sessions.idHash });
  return {
    recoveryCodes: await renewCodes(transaction, userId),
    otherSessionsEnded: others.length,
  };
}

/** What follows when an account has lost a factor, under its lock: after the last one the password suffices. */
export async function settleLostFactor(transaction: Transaction, userId: string): Promise<void> {
  await transaction.delete(signInChallenges).where(eq(signInChallenges.userId, userId));
  if (hasAny(await findFactors(transaction, userId))) {
    return;
  }
  await transaction.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
  await transaction
    .update(sessions)
    .set({ hasSecondFactor: false })
    .where(eq(sessions.userId, userId));
}
