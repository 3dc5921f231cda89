import { createHash, randomBytes } from 'node:crypto';
import type { CompleteSignInInput } from '@keyward/shared/accounts';
import { DomainError } from '@keyward/shared/errors';
import { and, eq, getTableColumns, gt, isNotNull, sql } from 'drizzle-orm';
import type { Context, UserActor } from '../../context.ts';
import type { Database, Transaction } from '../../database/connect-database.ts';
import { authenticators, signInChallenges, users } from '../../database/schema/accounts.ts';
import { startSession } from '../start-session.ts';
import { tryGuess } from '../try-guess.ts';
import { spendCode } from './spend-code.ts';

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');

/** A token by which the sign-in goes on with a code, within ten minutes; null where none is asked for. */
export async function startChallenge(
  transaction: Transaction,
  userId: string,
): Promise<string | null> {
  const [on] = await transaction
    .select({ userId: authenticators.userId })
    .from(authenticators)
    .where(and(eq(authenticators.userId, userId), isNotNull(authenticators.confirmedAt)));
  if (on === undefined) {
    return null;
  }
  const token = randomBytes(24).toString('base64url');
  const expiresAt = sql`now() + interval '10 minutes'`;
  await transaction
    .insert(signInChallenges)
    .values({ tokenHash: hashOf(token), userId, expiresAt });
  return token;
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
      const spent = await spendCode(transaction, user.id, code);
      if (spent === null) {
        return null;
      }
      await endChallenge(transaction, challenge);
      return startSession({ ...context, database: transaction }, user, secure, spent);
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

async function findChallenged(database: Database, challenge: string) {
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
async function endChallenge(transaction: Transaction, challenge: string): Promise<void> {
  const ended = await transaction
    .delete(signInChallenges)
    .where(isOpen(challenge))
    .returning({ userId: signInChallenges.userId });
  if (ended.length === 0) {
    throw hasEnded();
  }
}
