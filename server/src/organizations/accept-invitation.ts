import { DomainError } from '@keyward/shared/errors';
import type { Organization } from '@keyward/shared/organizations';
import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import { recordAuditEvent } from '../audit/record-audit-event.ts';
import type { Context, UserActor } from '../context.ts';
import type { Database } from '../database/connect-database.ts';
import { invitations, memberships, organizations } from '../database/schema/organizations.ts';
import { hashInvitationToken } from './invite-member.ts';
import { presentOrganization } from './present-organization.ts';

/** What the link of an invitation leads to. */
export async function findInvitation(database: Database, token: string) {
  const [row] = await database
    .select({ invitation: invitations, organization: organizations })
    .from(invitations)
    .innerJoin(organizations, eq(organizations.id, invitations.organizationId))
    .where(
      and(
        eq(invitations.tokenHash, hashInvitationToken(token)),
        isNull(invitations.acceptedAt),
        isNull(invitations.revokedAt),
        gt(invitations.expiresAt, sql`now()`),
      ),
    );
  if (row === undefined) {
    throw new DomainError(
      'not_found',
      'This invitation was used, has expired or was taken back: ask for another.',
    );
  }
  return row;
}

/** The invitation, when it was sent to this email. */
export async function requireInvited(database: Database, token: string, email: string) {
  const found = await findInvitation(database, token);
  if (found.invitation.email !== email) {
    throw new DomainError(
      'conflict',
      `This invitation is for ${found.invitation.email}: sign in as them, or ask for one of your own.`,
    );
  }
  return found;
}

/** Makes a signed-in user a member, once, by the invitation that was sent to their email. */
export async function acceptInvitation(
  context: Context & { actor: UserActor },
  token: string,
): Promise<Organization> {
  const { actor } = context;
  return context.database.transaction(async (transaction) => {
    const { invitation, organization } = await requireInvited(transaction, token, actor.email);
    const accepted = await transaction
      .update(invitations)
      .set({ acceptedAt: sql`now()` })
      .where(and(eq(invitations.id, invitation.id), isNull(invitations.acceptedAt)))
      .returning({ id: invitations.id });
    if (accepted.length === 0) {
      throw new DomainError('conflict', 'This invitation has just been used.');
    }
    const { organizationId, role } = invitation;
    await transaction
      .insert(memberships)
      .values({ organizationId, userId: actor.userId, role })
      .onConflictDoNothing();
    await recordAuditEvent(transaction, context, {
      chain: organizationId,
      action: 'member.joined',
      target: { type: 'user', id: actor.userId },
      data: { role, invitation: invitation.id },
    });
    return presentOrganization(organization);
  });
}
