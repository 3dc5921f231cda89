import type { Ways } from '@keyward/shared/accounts';
import { DomainError } from '@keyward/shared/errors';
import { and, eq, isNotNull } from 'drizzle-orm';
import type { Context, UserActor } from '../context.ts';
import { users } from '../database/schema/accounts.ts';
import { identities, passkeys } from '../database/schema/sign-in-ways.ts';

/** By what the user can show again who they are. */
export async function findWays({
  database,
  actor: { userId },
}: Context & { actor: UserActor }): Promise<Ways> {
  const withPassword = and(eq(users.id, userId), isNotNull(users.passwordHash));
  return {
    password: (await database.$count(users, withPassword)) > 0,
    passkey: (await database.$count(passkeys, eq(passkeys.userId, userId))) > 0,
    provider: (await database.$count(identities, eq(identities.userId, userId))) > 0,
  };
}

/** Refuses to take away the only way in. Call it under the account's lock, once the way is gone. */
export async function requireWayLeft(context: Context & { actor: UserActor }): Promise<void> {
  const { password, passkey, provider } = await findWays(context);
  if (!password && !passkey && !provider) {
    throw new DomainError(
      'conflict',
      'It is your only way to sign in: set a password or add another way first.',
    );
  }
}
