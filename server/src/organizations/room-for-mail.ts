import { DomainError } from '@keyward/shared/errors';
import { and, eq, gt, sql } from 'drizzle-orm';
import type { Transaction } from '../database/connect-database.ts';
import { invitations } from '../database/schema/organizations.ts';
import { mails } from '../database/schema/sign-in-ways.ts';

// The first, and a few more where it does not arrive.
const mostMails = 4;

/** Refuses to send one more mail to somebody whom the organization invites, by whichever invitation. */
export async function requireRoomForMail(
  transaction: Transaction,
  { organizationId, email }: { organizationId: string; email: string },
): Promise<void> {
  const recent = await transaction
    .select({ id: mails.id })
    .from(mails)
    .innerJoin(invitations, eq(invitations.id, mails.invitationId))
    .where(
      and(
        eq(invitations.organizationId, organizationId),
        eq(invitations.email, email),
        gt(mails.createdAt, sql`now() - interval '15 minutes'`),
      ),
    )
    .limit(mostMails);
  if (recent.length === mostMails) {
    throw new DomainError(
      'too_many_attempts',
      'Try again in a quarter of an hour: they have been sent enough mail for now.',
      { retryAfterSeconds: 15 * 60 },
    );
  }
}
