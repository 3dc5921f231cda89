import type { Ways } from '@keyward/shared/accounts';
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
