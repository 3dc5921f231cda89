import type { Receipt } from '@keyward/shared/keys';
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { recordAuditEvent } from '../audit/record-audit-event.ts';
import { requirePermission } from '../authorize.ts';
import type { OrganizationContext } from '../context.ts';
import { keys } from '../database/schema/keys.ts';
import { memberships } from '../database/schema/organizations.ts';
import { changeAuthority } from '../verification/authority/change-authority.ts';
import { lockMember, requireAnotherOwner, requireMayAssign } from './lock-members.ts';

/**
 * Ends a membership and revokes the member's user keys in the same transaction; returns when no node
 * accepts them. Members may leave by themselves.
 */
export async function removeMember(
  context: OrganizationContext,
  userId: string,
): Promise<{ revokedKeys: string[]; receipt: Receipt }> {
  const { actor, organizationId } = context;
  const leaves = actor.type === 'user' && actor.userId === userId;
  if (!leaves) {
    requirePermission(context, 'members:delete');
  }
  const live = and(
    eq(keys.organizationId, organizationId),
    eq(keys.userId, userId),
    isNull(keys.revokedAt),
  );
  const { result, receipt } = await changeAuthority(context.database, async (transaction) => {
    const role = await lockMember(transaction, context, userId);
    if (!leaves) {
      requireMayAssign(context, role);
    }
    if (role === 'owner') {
      await requireAnotherOwner(transaction, context);
    }
    await transaction
      .delete(memberships)
      .where(and(eq(memberships.organizationId, organizationId), eq(memberships.userId, userId)));
    // Locked in the order of their ids, as everything that locks more than one key does.
    const held = await transaction
      .select({ id: keys.id, name: keys.name })
      .from(keys)
      .where(live)
      .orderBy(asc(keys.id))
      .for('update');
    await transaction
      .update(keys)
      .set({ revokedAt: sql`now()`, updatedAt: sql`now()` })
      .where(live);
    for (const { id, name } of held) {
      await recordAuditEvent(transaction, context, {
        chain: organizationId,
        action: 'key.revoked',
        target: { type: 'key', id },
        data: { name, because: 'member.removed' },
      });
    }
    const ids = held.map(({ id }) => id);
    await recordAuditEvent(transaction, context, {
      chain: organizationId,
      action: 'member.removed',
      target: { type: 'user', id: userId },
      data: { before: { role }, revokedKeys: ids },
    });
    return ids;
  });
  return { revokedKeys: result, receipt };
}
