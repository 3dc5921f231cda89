import { DomainError } from '@keyward/shared/errors';
import type { PasskeySummary } from '@keyward/shared/passkeys';
import { and, asc, eq } from 'drizzle-orm';
import { instanceChain, recordAuditEvent } from '../../audit/record-audit-event.ts';
import { requireFreshSession } from '../../authorize.ts';
import type { Context, UserActor } from '../../context.ts';
import { passkeys } from '../../database/schema/sign-in-ways.ts';
import { requireWayLeft } from '../find-ways.ts';
import type { Provider } from '../provider/provider.ts';
import { lockAccount, settleLostFactor } from '../second-factor/factors.ts';

type UserContext = Context & { actor: UserActor };

/** The user's passkeys, oldest first. */
export async function listPasskeys({ actor, database }: UserContext): Promise<PasskeySummary[]> {
  const rows = await database
    .select()
    .from(passkeys)
    .where(eq(passkeys.userId, actor.userId))
    .orderBy(asc(passkeys.createdAt), asc(passkeys.id));
  return rows.map(({ id, name, createdAt, lastUsedAt }) => ({
    id,
    name,
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  }));
}

/** Forgets a passkey; unless nothing else signs in. Where it was the last factor, the password suffices again. */
export async function removePasskey(
  context: UserContext,
  id: string,
  provider: Provider | null,
): Promise<void> {
  const { actor } = context;
  requireFreshSession(actor);
  await context.database.transaction(async (transaction) => {
    await lockAccount(transaction, actor.userId);
    const [removed] = await transaction
      .delete(passkeys)
      .where(and(eq(passkeys.id, id), eq(passkeys.userId, actor.userId)))
      .returning();
    if (removed === undefined) {
      throw new DomainError('not_found', 'This passkey has been removed already: reload the list.');
    }
    await requireWayLeft({ ...context, database: transaction }, provider);
    await settleLostFactor(transaction, actor.userId);
    await recordAuditEvent(transaction, context, {
      chain: instanceChain,
      action: 'account.passkey_removed',
      target: { type: 'user', id: actor.userId },
      data: { name: removed.name },
    });
  });
}
