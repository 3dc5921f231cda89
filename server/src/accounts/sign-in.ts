import type { Challenge, SignInInput } from '@keyward/shared/accounts';
import { DomainError } from '@keyward/shared/errors';
import { and, eq } from 'drizzle-orm';
import type { Context } from '../context.ts';
import type { Transaction } from '../database/connect-database.ts';
import { users } from '../database/schema/accounts.ts';
import { checkPassword } from './passwords.ts';
import { startChallenge } from './second-factor/challenge.ts';
import { type SignedIn, startSession } from './start-session.ts';
import { tryGuess } from './try-guess.ts';

/** What came first was right, and another factor is to follow: see `completeSignIn`. */
export interface Challenged {
  actor: null;
  challenge: Challenge;
}

/** Starts a session, or asks for a code. Neither answer nor time tells which of email and password was wrong. */
export async function signIn(
  context: Context,
  input: SignInInput,
  secure: boolean,
): Promise<SignedIn | Challenged> {
  const guess = { what: 'password', account: input.email } as const;
  const user = await tryGuess(context, guess, () => findByPassword(context, input));
  if (user === null) {
    throw wrongCredentials();
  }
  return context.database.transaction(async (transaction) => {
    await requireSamePassword(transaction, user);
    const challenge = await startChallenge(transaction, user.id);
    return challenge === null
      ? startSession({ ...context, database: transaction }, user, secure, { secondFactor: null })
      : { actor: null, challenge };
  });
}

/** The account of the email when the password is its own. An unknown email costs the same work. */
export async function findByPassword({ database }: Context, { email, password }: SignInInput) {
  const [user] = await database.select().from(users).where(eq(users.email, email));
  const matches = await checkPassword(user?.passwordHash ?? null, password);
  return user !== undefined && matches ? { ...user, passwordHash: user.passwordHash ?? '' } : null;
}

type UserRow = NonNullable<Awaited<ReturnType<typeof findByPassword>>>;

/** Holds the account as it was found: a password that is changed meanwhile starts no session any more. */
async function requireSamePassword(transaction: Transaction, { id, passwordHash }: UserRow) {
  const [row] = await transaction
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.id, id), eq(users.passwordHash, passwordHash)))
    .for('share');
  if (row === undefined) {
    throw wrongCredentials();
  }
}

const wrongCredentials = () =>
  new DomainError('wrong_credentials', 'Check the email and the password, then try again.');
