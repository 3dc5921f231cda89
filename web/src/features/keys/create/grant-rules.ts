import { isAdminOnly, type Permission } from '@keyward/shared/built-in-permissions';
import type { KeyKind, ServiceProfile } from '@keyward/shared/service-profile';
import { isAdmin, type Membership } from '../../../lib/membership.ts';

// The server decides by the same rules. Here they say beforehand what it would refuse, and why.

/** Why this member may not grant a permission; null when they may. */
export function refusalOfGrant(membership: Membership, permission: Permission): string | null {
  return isAdminOnly(permission) && !isAdmin(membership)
    ? `Only an owner or admin of ${membership.organization.name} may grant ${permission}.`
    : null;
}

/** Why this member may not make a key of this kind; null when they may. */
export function refusalOfKind(
  membership: Membership,
  service: ServiceProfile,
  kind: KeyKind,
): string | null {
  if (!service.kinds.includes(kind)) {
    return `${service.name} has no ${kind} keys.`;
  }
  return kind === 'bot' && !isAdmin(membership)
    ? `Only an owner or admin of ${membership.organization.name} may create bot keys.`
    : null;
}
