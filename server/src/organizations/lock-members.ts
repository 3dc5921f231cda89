import { DomainError } from '@keyward/shared/errors';
import { isId } from '@keyward/shared/ids';
import type { Role } from '@keyward/shared/organizations';
import { and, eq } from 'drizzle-orm';
import { isOperator, type Standing } from '../authorize.ts';
import type { OrganizationContext } from '../context.ts';
import { takeLock } from '../database/advisory-lock.ts';
import type { Transaction } from '../database/connect-database.ts';
import { memberships } from '../database/schema/organizations.ts';

/** Makes the changes of an organization's members take turns until the transaction ends. */
export function lockMembers(transaction: Transaction, organizationId: string): Promise<void> {
  return takeLock(transaction, `members of ${organizationId}`);
}

/** Locks the members of the organization, and returns the role of this one; throws where there is none. */
export async function lockMember(
  transaction: Transaction,
  context: OrganizationContext,
  userId: string,
): Promise<Role> {
  await lockMembers(transaction, context.organizationId);
  const [membership] = await transaction
    .select({ role: memberships.role })
    .from(memberships)
    .where(
      and(
        eq(memberships.organizationId, context.organizationId),
        eq(memberships.userId, isId('user', userId) ? userId : ''),
      ),
    )
    .for('update');
  if (membership === undefined) {
    throw new DomainError('not_found', 'There is no such member in this organization.');
  }
  return membership.role;
}

/** Refuses to take the last owner's role away. Call it under the lock. */
export async function requireAnotherOwner(
  transaction: Transaction,
  context: OrganizationContext,
): Promise<void> {
  const owners = await transaction.$count(
    memberships,
    and(eq(memberships.organizationId, context.organizationId), eq(memberships.role, 'owner')),
  );
  if (owners <= 1) {
    throw new DomainError(
      'conflict',
      'This is the last owner of the organization: make somebody else an owner first.',
    );
  }
}

/**
 * Whether the actor may give and take this role. Owners and operators may all of them, admins those below
 * owner; a key may only make plain members, or else it could make somebody stronger than itself.
 */
export function mayAssign({ actor, role: own }: Standing, role: Role): boolean {
  return (
    isOperator(actor) ||
    own === 'owner' ||
    role === 'member' ||
    (role === 'admin' && own === 'admin')
  );
}

/** Refuses an actor that may not give or take this role. */
export function requireMayAssign(context: Standing, role: Role): void {
  if (!mayAssign(context, role)) {
    throw new DomainError(
      'insufficient_permissions',
      `Only an owner may give or take the role ${role}: ask one of them.`,
    );
  }
}
