import { DomainError } from '@keyward/shared/errors';
import type { UpdateKeyInput } from '@keyward/shared/keys';
import { isWithinAllowlist } from '../addresses.ts';
import { isAdmin } from '../authorize.ts';
import type { OrganizationContext } from '../context.ts';
import type { KeyRow } from './change-key.ts';

/** Refuses a member who would lift from their own key what an admin put on it: a suspension, a lock. */
export function requireMayLoosen(
  context: OrganizationContext,
  key: Pick<KeyRow, 'suspendedAt' | 'ipAllowlist'>,
  { status, ipAllowlist }: UpdateKeyInput,
): void {
  if (context.actor.type !== 'user' || isAdmin(context)) {
    return;
  }
  if (status === 'active' && key.suspendedAt !== null) {
    throw new DomainError(
      'insufficient_permissions',
      'Only an owner or admin resumes a suspended key: ask one of them.',
    );
  }
  if (ipAllowlist !== undefined && !isWithinAllowlist(key.ipAllowlist, ipAllowlist)) {
    throw new DomainError(
      'insufficient_permissions',
      'Only an owner or admin lets a key be used from further addresses: ask one of them.',
    );
  }
}
