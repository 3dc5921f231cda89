import type { AuditActor } from '@keyward/shared/audit';
import type { Role } from '@keyward/shared/organizations';
import { and, desc, eq, getTableColumns, gt, isNull, sql } from 'drizzle-orm';
import { requirePermission } from '../authorize.ts';
import type { OrganizationContext } from '../context.ts';
import { invitations } from '../database/schema/organizations.ts';
import { inviterOf, mayStillInvite } from './find-inviter.ts';

/** An invitation that nobody has accepted or taken back. Never its token. */
export interface OpenInvitation {
  id: string;
  email: string;
  role: Role;
  /** Null where the log does not say. */
  invitedBy: AuditActor | null;
  createdAt: string;
  expiresAt: string;
  /** `void` when whoever made it could not make it any more: its link leads nowhere. */
  status: 'open' | 'expired' | 'void';
}

// Nobody looks further back, and nobody sends more by hand.
const shownDaysAfterExpiry = 30;
const mostInvitations = 200;

/** The invitations that wait for an answer, newest first, and those that expired lately. */
export async function listInvitations(context: OrganizationContext): Promise<OpenInvitation[]> {
  requirePermission(context, 'members:read');
  const { database, organizationId } = context;
  const rows = await database
    .select({
      ...getTableColumns(invitations),
      inviter: inviterOf(database),
      isExpired: sql<boolean>`${invitations.expiresAt} <= now()`,
    })
    .from(invitations)
    .where(
      and(
        eq(invitations.organizationId, organizationId),
        isNull(invitations.acceptedAt),
        isNull(invitations.revokedAt),
        gt(invitations.expiresAt, sql`now() - make_interval(days => ${shownDaysAfterExpiry}::int)`),
      ),
    )
    .orderBy(desc(invitations.id))
    .limit(mostInvitations);
  const judge = judgeOnce(context);
  return Promise.all(
    rows.map(async ({ id, email, role, inviter, isExpired, createdAt, expiresAt }) => ({
      id,
      email,
      role,
      invitedBy: inviter,
      createdAt: createdAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
      status: isExpired ? 'expired' : (await judge(inviter, role)) ? 'open' : 'void',
    })),
  );
}

/** Asks of each inviter and role once, however many invitations they made. */
function judgeOnce({ database, organizationId }: OrganizationContext) {
  const known = new Map<string, Promise<boolean>>();
  return (inviter: AuditActor | null, role: Role): Promise<boolean> => {
    const name = `${inviter?.id ?? inviter?.type} ${role}`;
    const answer = known.get(name) ?? mayStillInvite(database, organizationId, { inviter, role });
    known.set(name, answer);
    return answer;
  };
}
