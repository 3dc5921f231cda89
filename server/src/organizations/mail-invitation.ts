import { DomainError } from '@keyward/shared/errors';
import { and, eq, gt, sql } from 'drizzle-orm';
import { recordAuditEvent } from '../audit/record-audit-event.ts';
import { requirePermission } from '../authorize.ts';
import type { OrganizationContext } from '../context.ts';
import { type Mailing, queueMail } from '../database/queue-mail.ts';
import { readClock } from '../database/read-clock.ts';
import { mails } from '../database/schema/sign-in-ways.ts';
import { lockInvitation } from './cancel-invitation.ts';

// The first, and a few more where it does not arrive.
const mostMails = 4;

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
    const recent = and(
      eq(mails.invitationId, id),
      gt(mails.createdAt, sql`now() - interval '15 minutes'`),
    );
    if ((await transaction.$count(mails, recent)) >= mostMails) {
      throw new DomainError(
        'too_many_attempts',
        'Try again in a quarter of an hour: they have been sent enough mail for now.',
        { retryAfterSeconds: 15 * 60 },
      );
    }
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
