import { DomainError } from '@keyward/shared/errors';
import type { Organization } from '@keyward/shared/organizations';
import { and, eq, getTableColumns, gt, isNull, ne, or, sql } from 'drizzle-orm';
import { recordAuditEvent } from '../audit/record-audit-event.ts';
import type { Context, UserActor } from '../context.ts';
import type { Database, Transaction } from '../database/connect-database.ts';
import { invitations, memberships, organizations } from '../database/schema/organizations.ts';
import { endInvitation, type InvitationRow } from './cancel-invitation.ts';
import { inviterOf, mayStillInvite } from './find-inviter.ts';
import { lockMembers } from './lock-members.ts';
import { presentOrganization } from './present-organization.ts';
import { hashInvitationToken } from './write-invitation.ts';

const isOpen = and(
  isNull(invitations.acceptedAt),
  isNull(invitations.revokedAt),
  gt(invitations.expiresAt, sql`now()`),
);

/** What the link of an invitation leads to. */
export const findInvitation = (database: Database, token: string) =>
  findInvitationBy(database, hashInvitationToken(token));

async function findInvitationBy(database: Database, hash: string) {
  const [row] = await database
    .select({
      invitation: getTableColumns(invitations),
      organization: getTableColumns(organizations),
      inviter: inviterOf(database),
    })
    .from(invitations)
    .innerJoin(organizations, eq(organizations.id, invitations.organizationId))
    .where(and(or(eq(invitations.tokenHash, hash), eq(invitations.mailTokenHash, hash)), isOpen));
  if (row === undefined) {
    throw new DomainError(
      'not_found',
      'This invitation was used, has expired or was taken back: ask for another.',
    );
  }
  const { invitation, organization, inviter } = row;
  // An invitation is worth what its maker may do now: who was removed leaves no door open behind them.
  if (!(await mayStillInvite(database, organization.id, { inviter, role: invitation.role }))) {
    throw new DomainError(
      'not_found',
      `Whoever sent this invitation may not invite to ${organization.name} any more: ask for another.`,
    );
  }
  return { invitation, organization };
}

/** The invitation, when it was sent to this email. */
export const requireInvited = (database: Database, token: string, email: string) =>
  requireInvitedBy(database, hashInvitationToken(token), email);

/** The same, by the hash of its token. */
export async function requireInvitedBy(database: Database, hash: string, email: string) {
  const found = await findInvitationBy(database, hash);
  if (found.invitation.email !== email) {
    throw new DomainError(
      'conflict',
      `This invitation is for ${found.invitation.email}: sign in as them, or ask for one of your own.`,
    );
  }
  return found;
}

/** Makes a signed-in user a member, once, by the invitation that was sent to their email. */
export const acceptInvitation = (
  context: Context & { actor: UserActor },
  token: string,
): Promise<Organization> => acceptInvited(context, hashInvitationToken(token));

/** The same, by the hash of its token. */
export async function acceptInvited(
  context: Context & { actor: UserActor },
  hash: string,
): Promise<Organization> {
  const { actor } = context;
  return context.database.transaction(async (transaction) => {
    const { organization } = await requireInvitedBy(transaction, hash, actor.email);
    await lockMembers(transaction, organization.id);
    // Asked again under the lock: its maker may have been removed, or demoted, at the same moment.
    const { invitation } = await requireInvitedBy(transaction, hash, actor.email);
    const accepted = await transaction
      .update(invitations)
      .set({ acceptedAt: sql`now()` })
      .where(and(eq(invitations.id, invitation.id), isOpen))
      .returning({ id: invitations.id });
    if (accepted.length === 0) {
      throw new DomainError('conflict', 'This invitation has just been used.');
    }
    const { organizationId, role } = invitation;
    const joined = await transaction
      .insert(memberships)
      .values({ organizationId, userId: actor.userId, role })
      .onConflictDoNothing()
      .returning({ role: memberships.role });
    await recordAuditEvent(
      transaction,
      context,
      joined.length > 0
        ? {
            chain: organizationId,
            action: 'member.joined',
            target: { type: 'user', id: actor.userId },
            data: { role, invitation: invitation.id },
          }
        : {
            // Whoever is a member stays what they are; the link is used up all the same.
            chain: organizationId,
            action: 'invitation.accepted',
            target: { type: 'invitation', id: invitation.id },
            data: { email: actor.email, by: 'a member already' },
          },
    );
    await endOthers(transaction, context, invitation);
    return presentOrganization(organization);
  });
}

/** Ends the other invitations of somebody who joined: none is to let them in again after a removal. */
async function endOthers(
  transaction: Transaction,
  context: Context & { actor: UserActor },
  { id, organizationId, email }: InvitationRow,
): Promise<void> {
  const others = await transaction
    .select()
    .from(invitations)
    .where(
      and(
        eq(invitations.organizationId, organizationId),
        eq(invitations.email, email),
        ne(invitations.id, id),
        isOpen,
      ),
    )
    .for('update');
  for (const other of others) {
    await endInvitation(transaction, context, other, 'member.joined');
  }
}
