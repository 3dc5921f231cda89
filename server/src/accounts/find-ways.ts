import type { Ways } from '@keyward/shared/accounts';
import { DomainError } from '@keyward/shared/errors';
import { and, eq, isNotNull } from 'drizzle-orm';
import type { Context, UserActor } from '../context.ts';
import { users } from '../database/schema/accounts.ts';
import { identities, passkeys } from '../database/schema/sign-in-ways.ts';
import { isIssuerOf, type Provider } from './provider/provider.ts';

type ByProvider = Pick<Provider, 'issuer'> | null;

/** By what the user can show again who they are. An identity of a former provider is no way in. */
export async function findWays(
  { database, actor: { userId } }: Context & { actor: UserActor },
  provider: ByProvider,
): Promise<Ways> {
  const known = await database
    .select({ issuer: identities.issuer })
    .from(identities)
    .where(eq(identities.userId, userId));
  const withPassword = and(eq(users.id, userId), isNotNull(users.passwordHash));
  return {
    password: (await database.$count(users, withPassword)) > 0,
    passkey: (await database.$count(passkeys, eq(passkeys.userId, userId))) > 0,
    provider: provider !== null && known.some(({ issuer }) => isIssuerOf(provider, issuer)),
  };
}

/** Refuses to take away the only way in. Call it under the account's lock, once the way is gone. */
export async function requireWayLeft(
  context: Context & { actor: UserActor },
  provider: ByProvider,
): Promise<void> {
  const ways = await findWays(context, provider);
  if (!ways.password && !ways.passkey && !ways.provider) {
    throw new DomainError(
      'conflict',
      'It is your only way to sign in: set a password or add another way first.',
    );
  }
}
