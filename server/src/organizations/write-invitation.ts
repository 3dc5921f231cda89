import { createHash, randomBytes } from 'node:crypto';
import { DomainError } from '@keyward/shared/errors';
import type { Role } from '@keyward/shared/organizations';
import { and, eq, sql } from 'drizzle-orm';
import { recordAuditEvent } from '../audit/record-audit-event.ts';
import type { OrganizationContext } from '../context.ts';
import type { Transaction } from '../database/connect-database.ts';
import { createId } from '../database/create-id.ts';
import { type Mailing, queueMail } from '../database/queue-mail.ts';
import { users } from '../database/schema/accounts.ts';
import { invitations, memberships } from '../database/schema/organizations.ts';
import { requireRoomForMail } from './room-for-mail.ts';

const validDays = 7;

export interface Invited {
  id: string;
  /** For the link, here and nowhere else. */
  token: string;
  expiresAt: Date;
}

/** Writes an invitation that the actor may make, with its event. */
export async function writeInvitation(
  transaction: Transaction,
  context: OrganizationContext,
  { email, role }: { email: string; role: Role },
  mailing: Mailing | null,
): Promise<Invited> {
  const { organizationId } = context;
  const [member] = await transaction
    .select({ id: users.id })
    .from(users)
    .innerJoin(memberships, eq(memberships.userId, users.id))
    .where(and(eq(users.email, email), eq(memberships.organizationId, organizationId)));
  if (member !== undefined) {
    throw new DomainError('conflict', `${email} is a member already.`);
  }
  if (mailing !== null) {
    await requireRoomForMail(transaction, { organizationId, email });
  }
  const token = createInvitationToken();
  const id = createId('invitation');
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
  if (mailing !== null) {
    await queueMail(transaction, context, mailing, { kind: 'invitation', email, invitationId: id });
  }
  await recordAuditEvent(transaction, context, {
    chain: organizationId,
    action: 'member.invited',
    target: { type: 'invitation', id },
    data: { email, role },
  });
  return { id, token, expiresAt: row.expiresAt };
}

/** 256 random bits. */
export const createInvitationToken = (): string => randomBytes(32).toString('base64url');

/** Where the link of an invitation leads. In the fragment, so that no server's log keeps the token. */
export function invitationUrl(publicUrl: string, token: string): string {
  return `${publicUrl}/join#${token}`;
}

/** The form in which a token is kept: SHA-256, in hex. */
export function hashInvitationToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
