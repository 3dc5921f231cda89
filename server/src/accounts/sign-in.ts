import type { SignInInput } from '@keyward/shared/accounts';
import { DomainError } from '@keyward/shared/errors';
import { and, eq } from 'drizzle-orm';
import { instanceChain, recordAuditEvent } from '../audit/record-audit-event.ts';
import type { Context, UserActor } from '../context.ts';
import type { Transaction } from '../database/connect-database.ts';
import { users } from '../database/schema/accounts.ts';
import { checkPassword } from './passwords.ts';
import { openSessions } from './sessions.ts';
import { tryGuess } from './try-guess.ts';

export interface SignedIn {
  actor: UserActor;
  /** The value of `Set-Cookie` that carries the new session. */
  cookie: string;
}

/** Starts a session. Neither answer nor time tells which of email and password was wrong. */
export async function signIn(
  context: Context,
  input: SignInInput,
  secure: boolean,
): Promise<SignedIn> {
  const guess = { what: 'password', account: input.email } as const;
  const user = await tryGuess(context, guess, () => findByPassword(context, input));
  if (user === null) {
    throw wrongCredentials();
  }
  const { id, email, name, isOperator } = user;
  const actor: UserActor = { type: 'user', userId: id, email, name, isOperator };
  return context.database.transaction(async (transaction) => {
    await requireSamePassword(transaction, user);
    const cookie = await openSessions(transaction, secure).start(id, context);
    await recordAuditEvent(
      transaction,
      { ...context, actor },
      { chain: instanceChain, action: 'account.signed_in', target: { type: 'user', id } },
    );
    return { actor, cookie };
  });
}

/** The account of the email when the password is its own. An unknown email costs the same work. */
export async function findByPassword({ database }: Context, { email, password }: SignInInput) {
  const [user] = await database.select().from(users).where(eq(users.email, email));
  const matches = await checkPassword(user?.passwordHash ?? null, password);
  return user !== undefined && matches ? user : null;
}

type UserRow = typeof users.$inferSelect;

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
