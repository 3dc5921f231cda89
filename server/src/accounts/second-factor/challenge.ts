import { createHash, randomBytes } from 'node:crypto';
import type { Challenge, CompleteSignInInput } from '@keyward/shared/accounts';
import { DomainError } from '@keyward/shared/errors';
import { and, eq, getTableColumns, gt, sql } from 'drizzle-orm';
import type { Context, UserActor } from '../../context.ts';
import type { Database, Transaction } from '../../database/connect-database.ts';
import { signInChallenges, users } from '../../database/schema/accounts.ts';
import { startSession } from '../start-session.ts';
import { tryGuess } from '../try-guess.ts';
import { findFactors, hasAny, lockAccount } from './factors.ts';
import { spendCode } from './spend-code.ts';

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');

/** Begins the second step, which is open for ten minutes; null where the account has no second factor. */
export async function startChallenge(
  transaction: Transaction,
  userId: string,
): Promise<Challenge | null> {
  const factors = await findFactors(transaction, userId);
  if (!hasAny(factors)) {
    return null;
  }
  const token = randomBytes(32).toString('base64url');
  const expiresAt = sql`now() + interval '10 minutes'`;
  await transaction
    .insert(signInChallenges)
    .values({ tokenHash: hashOf(token), userId, expiresAt });
  return { token, factors };
}

/** The second step of a sign-in: a code of the app or a recovery code, throttled as passwords are. */
export async function completeSignIn(
  context: Context,
  { challenge, code }: CompleteSignInInput,
  secure: boolean,
): Promise<{ actor: UserActor; cookie: string }> {
  const user = await findChallenged(context.database, challenge);
  const guess = { what: 'code', account: user.id } as const;
  const signedIn = await tryGuess(context, guess, () =>
    context.database.transaction(async (transaction) => {
      // First, as whoever removes the factor does: in another order the two would wait for each other.
      await lockAccount(transaction, user.id);
      const spent = await spendCode(transaction, user.id, code);
      if (spent === null) {
        return null;
      }
      await endChallenge(transaction, challenge);
      return startSession({ ...context, database: transaction }, user, secure, {
        secondFactor: spent,
      });
    }),
  );
  if (signedIn === null) {
    throw new DomainError(
      'wrong_code',
      'Give the newest code of your app, or a recovery code. Each is good once.',
    );
  }
  return signedIn;
}

const hasEnded = () =>
  new DomainError('sign_in_ended', 'Sign in with your password again: this took too long.');

const isOpen = (challenge: string) =>
  and(
    eq(signInChallenges.tokenHash, hashOf(challenge)),
    gt(signInChallenges.expiresAt, sql`now()`),
  );

/** Whose sign-in waits. */
export async function findChallenged(database: Database, challenge: string) {
  const [user] = await database
    .select(getTableColumns(users))
    .from(signInChallenges)
    .innerJoin(users, eq(users.id, signInChallenges.userId))
    .where(isOpen(challenge));
  if (user === undefined) {
    throw hasEnded();
  }
  return user;
}

/** Once: a new password, or the same token used elsewhere, has ended it meanwhile. */
export async function endChallenge(transaction: Transaction, challenge: string): Promise<void> {
  const ended = await transaction
    .delete(signInChallenges)
    .where(isOpen(challenge))
    .returning({ userId: signInChallenges.userId });
  if (ended.length === 0) {
    throw hasEnded();
  }
}
