import { DomainError } from '@keyward/shared/errors';
import type { UpdateKeyInput } from '@keyward/shared/keys';
import { isWithinAllowlist } from '../addresses.ts';
import { isAdmin } from '../authorize.ts';
import type { OrganizationContext } from '../context.ts';
import type { KeyRow } from './change-key.ts';
import { requireFreshForAdminOnly } from './may-grant.ts';

type Held = Pick<KeyRow, 'suspendedAt' | 'ipAllowlist' | 'expiresAt' | 'permissions'>;

/**
 * Refuses a member who would lift from their own key what an admin put on it: a suspension, a lock. What is
 * admin-only comes to life again in a fresh session alone: whoever stole one may know the secret too.
 */
export function requireMayLoosen(
  context: OrganizationContext,
  key: Held,
  { status, ipAllowlist, expiresAt }: UpdateKeyInput,
): void {
  const resumes = status === 'active' && key.suspendedAt !== null;
  const widens = ipAllowlist !== undefined && !isWithinAllowlist(key.ipAllowlist, ipAllowlist);
  const outlives = expiresAt !== undefined && isLater(expiresAt, key.expiresAt);
  if (resumes || widens || outlives) {
    requireFreshForAdminOnly(context.actor, key.permissions);
  }
  if (context.actor.type !== 'user' || isAdmin(context)) {
    return;
  }
  if (resumes) {
    throw new DomainError(
      'insufficient_permissions',
      'Only an owner or admin resumes a suspended key: ask one of them.',
    );
  }
  if (widens) {
    throw new DomainError(
      'insufficient_permissions',
      'Only an owner or admin lets a key be used from further addresses: ask one of them.',
    );
  }
}

/** Null is no end at all. */
function isLater(expiresAt: string | null, before: Date | null): boolean {
  return before !== null && (expiresAt === null || new Date(expiresAt) > before);
}
