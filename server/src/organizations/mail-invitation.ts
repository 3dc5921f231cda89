import { DomainError } from '@keyward/shared/errors';
import { recordAuditEvent } from '../audit/record-audit-event.ts';
import { requirePermission } from '../authorize.ts';
import type { OrganizationContext } from '../context.ts';
import { type Mailing, queueMail } from '../database/queue-mail.ts';
import { readClock } from '../database/read-clock.ts';
import { lockInvitation } from './cancel-invitation.ts';
import { requireRoomForMail } from './room-for-mail.ts';

/** Has an open invitation mailed again. The link of the mail before it ends, and the one that was shown stays. */
export async function mailInvitation(
  context: OrganizationContext,
  invitationId: string,
  mailing: Mailing | null,
): Promise<{ id: string }> {
  requirePermission(context, 'members:create');
  await context.database.transaction(async (transaction) => {
    const invitation = await lockInvitation(transaction, context, invitationId);
    const { id, email, role, revokedAt, expiresAt } = invitation;
    if (mailing === null) {
      throw new DomainError('conflict', 'This Keyward sends no mail: hand the link over yourself.');
    }
    if (revokedAt !== null || expiresAt <= (await readClock(transaction))) {
      throw new DomainError('conflict', 'This invitation is not open any more: invite them anew.');
    }
    await requireRoomForMail(transaction, invitation);
    await queueMail(transaction, context, mailing, { kind: 'invitation', email, invitationId: id });
    await recordAuditEvent(transaction, context, {
      chain: context.organizationId,
      action: 'invitation.mailed',
      target: { type: 'invitation', id },
      data: { email, role },
    });
  });
  return { id: invitationId };
}
