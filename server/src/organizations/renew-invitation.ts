import { DomainError } from '@keyward/shared/errors';
import { requireFreshSession, requirePermission } from '../authorize.ts';
import type { OrganizationContext } from '../context.ts';
import type { Mailing } from '../database/queue-mail.ts';
import { endInvitation, lockInvitation } from './cancel-invitation.ts';
import { lockMembers } from './lock-members.ts';
import { type Invited, writeInvitation } from './write-invitation.ts';

/**
 * Invites the same person to the same role by a new link; the old one ends in the same transaction. Whoever
 * does so answers for it from then on, so that an invitation of somebody who left can be taken up.
 */
export async function renewInvitation(
  context: OrganizationContext,
  invitationId: string,
  mailing: Mailing | null = null,
): Promise<Invited> {
  requirePermission(context, 'members:create');
  requireFreshSession(context.actor);
  return context.database.transaction(async (transaction) => {
    await lockMembers(transaction, context.organizationId);
    const invitation = await lockInvitation(transaction, context, invitationId);
    if (invitation.revokedAt !== null) {
      throw new DomainError('conflict', 'This invitation was taken back: invite them anew.');
    }
    await endInvitation(transaction, context, invitation, 'invitation.renewed');
    return writeInvitation(transaction, context, invitation, mailing);
  });
}
