import { DomainError } from '@keyward/shared/errors';
import type { ServiceProfile } from '@keyward/shared/service-profile';
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { OrganizationContext } from '../context.ts';
import type { Transaction } from '../database/connect-database.ts';
import { keys } from '../database/schema/keys.ts';
import { memberships } from '../database/schema/organizations.ts';

/** Refuses a user key beyond the number that the service lets one member hold. */
export async function requireRoomForUserKey(
  transaction: Transaction,
  context: OrganizationContext,
  { userId, service }: { userId: string; service: { id: string; profile: ServiceProfile } },
): Promise<void> {
  // The lock makes the member's creations take turns, and keeps the membership until this one is done.
  const [membership] = await transaction
    .select({ role: memberships.role })
    .from(memberships)
    .where(
      and(eq(memberships.organizationId, context.organizationId), eq(memberships.userId, userId)),
    )
    .for('update');
  if (membership === undefined) {
    throw new DomainError('not_found', 'You are no longer a member of this organization.');
  }
  const most = service.profile.userKeysPerMember;
  if (most === null) {
    return;
  }
  const held = await transaction.$count(
    keys,
    and(
      eq(keys.organizationId, context.organizationId),
      eq(keys.userId, userId),
      eq(keys.serviceId, service.id),
      isNull(keys.revokedAt),
      sql`(${keys.expiresAt} is null or ${keys.expiresAt} > now())`,
    ),
  );
  if (held >= most) {
    throw new DomainError(
      'conflict',
      most === 1
        ? `You already have a user key of ${service.profile.slug}: revoke it first, or make a bot key.`
        : `You already have ${most} user keys of ${service.profile.slug}: revoke one first.`,
    );
  }
}
