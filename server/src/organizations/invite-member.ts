import type { Role } from '@keyward/shared/organizations';
import { requireFreshSession, requirePermission } from '../authorize.ts';
import type { OrganizationContext } from '../context.ts';
import type { Mailing } from '../database/queue-mail.ts';
import { lockMembers, requireMayAssign } from './lock-members.ts';
import { type Invited, writeInvitation } from './write-invitation.ts';

/** Invites somebody by a link that is good for seven days, once, for this email; and by mail, where it is sent. */
export async function inviteMember(
  context: OrganizationContext,
  input: { email: string; role: Role },
  mailing: Mailing | null = null,
): Promise<Invited> {
  requirePermission(context, 'members:create');
  requireMayAssign(context, input.role);
  requireFreshSession(context.actor);
  return context.database.transaction(async (transaction) => {
    // So that nobody is invited while they join.
    await lockMembers(transaction, context.organizationId);
    return writeInvitation(transaction, context, input, mailing);
  });
}
