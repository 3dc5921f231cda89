import type { AuditActor } from '@keyward/shared/audit';
import type { Role } from '@keyward/shared/organizations';
import { and, asc, desc, eq, getTableColumns, gt, inArray, isNull, sql } from 'drizzle-orm';
import { requirePermission } from '../authorize.ts';
import type { OrganizationContext } from '../context.ts';
import type { Database } from '../database/connect-database.ts';
import { invitations } from '../database/schema/organizations.ts';
import { mails } from '../database/schema/sign-in-ways.ts';
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
  /** What became of the newest mail; null where none was sent. */
  mail: InvitationMail | null;
}

export interface InvitationMail {
  status: 'waiting' | 'sent' | 'failed';
  /** Why the last attempt failed, in a sentence. While it waits, it is tried again. */
  failure: string | null;
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
  const mailed = await findMails(
    database,
    rows.map(({ id }) => id),
  );
  return Promise.all(
    rows.map(async ({ id, email, role, inviter, isExpired, createdAt, expiresAt }) => ({
      id,
      email,
      role,
      invitedBy: inviter,
      createdAt: createdAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
      status: isExpired ? 'expired' : (await judge(inviter, role)) ? 'open' : 'void',
      mail: mailed.get(id) ?? null,
    })),
  );
}

/** What became of the newest mail of each invitation. */
async function findMails(
  database: Database,
  ids: readonly string[],
): Promise<Map<string | null, InvitationMail>> {
  const rows = await database
    .select()
    .from(mails)
    .where(inArray(mails.invitationId, [...ids]))
    .orderBy(asc(mails.id));
  return new Map(
    rows.map(({ invitationId, sentAt, failedAt, failure }) => [
      invitationId,
      { status: sentAt !== null ? 'sent' : failedAt !== null ? 'failed' : 'waiting', failure },
    ]),
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
