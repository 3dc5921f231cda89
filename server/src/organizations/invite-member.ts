import { createHash, randomBytes } from 'node:crypto';
import { DomainError } from '@keyward/shared/errors';
import type { Role } from '@keyward/shared/organizations';
import { and, eq, sql } from 'drizzle-orm';
import { recordAuditEvent } from '../audit/record-audit-event.ts';
import { requirePermission } from '../authorize.ts';
import type { OrganizationContext } from '../context.ts';
import { createId } from '../database/create-id.ts';
import { users } from '../database/schema/accounts.ts';
import { invitations, memberships } from '../database/schema/organizations.ts';
import { requireMayAssign } from './lock-members.ts';

const validDays = 7;

export interface Invited {
  id: string;
  /** For the link, here and nowhere else. */
  token: string;
  expiresAt: Date;
}

/** Invites somebody by a link that is good for seven days, once, for this email. */
export async function inviteMember(
  context: OrganizationContext,
  { email, role }: { email: string; role: Role },
): Promise<Invited> {
  requirePermission(context, 'members:create');
  requireMayAssign(context, role);
  const { organizationId } = context;
  const token = randomBytes(32).toString('base64url');
  const id = createId('invitation');
  return context.database.transaction(async (transaction) => {
    const [member] = await transaction
      .select({ id: users.id })
      .from(users)
      .innerJoin(memberships, eq(memberships.userId, users.id))
      .where(and(eq(users.email, email), eq(memberships.organizationId, organizationId)));
    if (member !== undefined) {
      throw new DomainError('conflict', `${email} is a member already.`);
    }
    const [row] = await transaction
      .insert(invitations)
      .values({
        id,
        organizationId,
        email,
        role,
        tokenHash: hashInvitationToken(token),
        expiresAt: sql`now() + make_interval(days => ${validDays})`,
      })
      .returning({ expiresAt: invitations.expiresAt });
    if (row === undefined) {
      throw new Error('The invitation was not returned.');
    }
    await recordAuditEvent(transaction, context, {
      chain: organizationId,
      action: 'member.invited',
      target: { type: 'invitation', id },
      data: { email, role },
    });
    return { id, token, expiresAt: row.expiresAt };
  });
}

/** The form in which a token is kept: SHA-256, in hex. */
export function hashInvitationToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
