import { DomainError } from '@keyward/shared/errors';
import type { IdentitySummary } from '@keyward/shared/providers';
import { and, asc, eq } from 'drizzle-orm';
import { instanceChain, recordAuditEvent } from '../../audit/record-audit-event.ts';
import { requireFreshSession } from '../../authorize.ts';
import type { Context, UserActor } from '../../context.ts';
import { identities } from '../../database/schema/sign-in-ways.ts';
import { requireWayLeft } from '../find-ways.ts';
import { lockAccount } from '../second-factor/factors.ts';
import type { Provider } from './provider.ts';

type UserContext = Context & { actor: UserActor };

/** Who the user is at which provider. */
export async function listIdentities({ actor, database }: UserContext): Promise<IdentitySummary[]> {
  const rows = await database
    .select()
    .from(identities)
    .where(eq(identities.userId, actor.userId))
    .orderBy(asc(identities.createdAt));
  return rows.map(({ issuer, email, createdAt, lastUsedAt }) => ({
    issuer,
    email,
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  }));
}

/** From now on the provider does not sign this user in; unless nothing else does. */
export async function disconnect(
  context: UserContext,
  issuer: string,
  provider: Provider | null,
): Promise<void> {
  const { actor } = context;
  requireFreshSession(actor);
  await context.database.transaction(async (transaction) => {
    await lockAccount(transaction, actor.userId);
    const [removed] = await transaction
      .delete(identities)
      .where(and(eq(identities.userId, actor.userId), eq(identities.issuer, issuer)))
      .returning();
    if (removed === undefined) {
      throw new DomainError('not_found', 'This has been disconnected already: reload the page.');
    }
    await requireWayLeft({ ...context, database: transaction }, provider);
    await recordAuditEvent(transaction, context, {
      chain: instanceChain,
      action: 'account.provider_disconnected',
      target: { type: 'user', id: actor.userId },
      data: { issuer, email: removed.email },
    });
  });
}
