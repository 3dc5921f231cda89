import { DomainError } from '@keyward/shared/errors';
import { isId } from '@keyward/shared/ids';
import type { Role } from '@keyward/shared/organizations';
import { and, eq, sql } from 'drizzle-orm';
import { recordAuditEvent } from '../audit/record-audit-event.ts';
import { requirePermission } from '../authorize.ts';
import type { OrganizationContext } from '../context.ts';
import type { Transaction } from '../database/connect-database.ts';
import { invitations } from '../database/schema/organizations.ts';
import { requireMayAssign } from './lock-members.ts';

/** Takes an invitation back: its link leads nowhere any more. Again, it changes nothing. */
export async function cancelInvitation(
  context: OrganizationContext,
  invitationId: string,
): Promise<{ id: string }> {
  requirePermission(context, 'members:create');
  await context.database.transaction(async (transaction) => {
    const invitation = await lockInvitation(transaction, context, invitationId);
    if (invitation.revokedAt === null) {
      await endInvitation(transaction, context, invitation);
    }
  });
  return { id: invitationId };
}

export type InvitationRow = typeof invitations.$inferSelect;

/** An invitation that nobody has accepted and that the actor may take back, until the transaction ends. */
export async function lockInvitation(
  transaction: Transaction,
  context: OrganizationContext,
  invitationId: string,
): Promise<InvitationRow> {
  const [invitation] = await transaction
    .select()
    .from(invitations)
    .where(
      and(
        eq(invitations.organizationId, context.organizationId),
        eq(invitations.id, isId('invitation', invitationId) ? invitationId : ''),
      ),
    )
    .for('update');
  if (invitation === undefined) {
    throw new DomainError('not_found', 'There is no such invitation in this organization.');
  }
  requireMayAssign(context, invitation.role);
  if (invitation.acceptedAt !== null) {
    throw new DomainError(
      'conflict',
      `${invitation.email} has accepted this invitation: remove the member instead.`,
    );
  }
  return invitation;
}

/** Ends an invitation that the caller holds, with its event. */
export async function endInvitation(
  transaction: Transaction,
  context: Parameters<typeof recordAuditEvent>[1],
  ended: { id: string; organizationId: string; email: string; role: Role },
  because?: string,
): Promise<void> {
  const { id, organizationId, email, role } = ended;
  await transaction
    .update(invitations)
    .set({ revokedAt: sql`now()` })
    .where(eq(invitations.id, id));
  await recordAuditEvent(transaction, context, {
    chain: organizationId,
    action: 'invitation.cancelled',
    target: { type: 'invitation', id },
    data: { email, role, ...(because !== undefined && { because }) },
  });
}
