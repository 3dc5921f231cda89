import type { Receipt } from '@keyward/shared/keys';
import type { Member } from '@keyward/shared/members';
import type { Role } from '@keyward/shared/organizations';
import { and, eq } from 'drizzle-orm';
import { recordAuditEvent } from '../audit/record-audit-event.ts';
import { requireFreshSession, requirePermission } from '../authorize.ts';
import type { OrganizationContext } from '../context.ts';
import { memberships } from '../database/schema/organizations.ts';
import { changeAuthority } from '../verification/authority/change-authority.ts';
import { getMember } from './list-members.ts';
import { lockMember, requireAnotherOwner, requireMayAssign } from './lock-members.ts';

/** Gives a member another role. A demotion masks the admin-only permissions of their keys at once. */
export async function changeRole(
  context: OrganizationContext,
  userId: string,
  role: Role,
): Promise<{ member: Member; receipt: Receipt }> {
  requirePermission(context, 'members:update');
  const { organizationId } = context;
  const { receipt } = await changeAuthority(context.database, async (transaction) => {
    const before = await lockMember(transaction, context, userId);
    if (before === role) {
      return;
    }
    requireMayAssign(context, before);
    requireMayAssign(context, role);
    if (role !== 'member') {
      requireFreshSession(context.actor);
    }
    if (before === 'owner') {
      await requireAnotherOwner(transaction, context);
    }
    await transaction
      .update(memberships)
      .set({ role })
      .where(and(eq(memberships.organizationId, organizationId), eq(memberships.userId, userId)));
    await recordAuditEvent(transaction, context, {
      chain: organizationId,
      action: 'member.role_changed',
      target: { type: 'user', id: userId },
      data: { before: { role: before }, after: { role } },
    });
  });
  return { member: await getMember(context.database, organizationId, userId), receipt };
}
