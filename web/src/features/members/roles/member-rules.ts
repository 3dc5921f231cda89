import type { Role } from '@keyward/shared/organizations';
import { isAdmin, type Membership } from '../../../lib/membership.ts';
import type { Member } from '../member.ts';

// The server decides by the same rules. Here they say beforehand what it would refuse, and why.

/** Why this person may not give or take a role; null when they may. */
export function refusalOfRole({ user, role: own }: Membership, role: Role): string | null {
  const may =
    user.isOperator ||
    own === 'owner' ||
    role === 'member' ||
    (role === 'admin' && own === 'admin');
  return may ? null : `Only an owner may give or take the role ${role}.`;
}

/** Why a member can neither be given another role nor be removed now; null when they can. */
export function refusalOfChange(
  membership: Membership,
  member: Member,
  members: readonly Member[],
): string | null {
  const isSelf = member.userId === membership.user.id;
  if (!isSelf && !isAdmin(membership)) {
    return 'Only an owner or admin may change or remove other members.';
  }
  if (isLastOwner(member, members)) {
    return isSelf
      ? 'You are the last owner. Make somebody else an owner first.'
      : `${member.name} is the last owner. Make somebody else an owner first.`;
  }
  return isSelf ? null : refusalOfRole(membership, member.role);
}

export function isLastOwner(member: Member, members: readonly Member[]): boolean {
  return (
    member.role === 'owner' &&
    members.every(({ userId, role }) => userId === member.userId || role !== 'owner')
  );
}
