import type { Key } from '@keyward/shared/keys';
import { isAdminOnly, type Permission } from '@keyward/shared/permissions';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { holdsPermission, requirePermission, requireSeesUsage } from '../authorize.ts';
import type { OrganizationContext } from '../context.ts';
import { keys } from '../database/schema/keys.ts';
import { findSuccessors } from '../keys/find-successors.ts';
import { getDailyUse, type UseDay } from '../keys/get-daily-use.ts';
import { readKeys } from '../keys/read-keys.ts';
import { getMember } from './list-members.ts';

/** A key that would be revoked, and what would break with it. */
export interface LeaverKey {
  key: Key;
  callsIn30Days: number;
  /** The last 30 days, in UTC; those without a call are left out. */
  days: UseDay[];
  /** Of its permissions, those that end with the member's role of owner or admin. */
  adminOnly: Permission[];
  /** The bot key that goes on with its work, once it was handed over; for those who see bot keys. */
  successor: Key | null;
}

// Nobody holds so many by hand; more are revoked all the same.
const mostKeys = 1000;

/** The keys that the removal of a member would revoke, and how much each is used. Members see their own. */
export async function previewRemoval(
  context: OrganizationContext,
  userId: string,
): Promise<LeaverKey[]> {
  const { actor, database, organizationId } = context;
  const leaves = actor.type === 'user' && actor.userId === userId;
  if (!leaves) {
    requirePermission(context, 'members:read');
    requirePermission(context, 'apiKeys:read');
    requireSeesUsage(context);
  }
  await getMember(database, organizationId, userId);
  const held = await readKeys(
    database,
    and(eq(keys.organizationId, organizationId), eq(keys.userId, userId), isNull(keys.revokedAt)) ??
      sql`false`,
    mostKeys,
  );
  const ids = held.map(({ id }) => id);
  const use = await getDailyUse(database, ids);
  const successors = holdsPermission(context, 'apiKeys:read')
    ? await findSuccessors(context, ids)
    : new Map<string, Key>();
  return held.map((key) => {
    const days = use.get(key.id) ?? [];
    return {
      key,
      callsIn30Days: days.reduce((sum, { valid }) => sum + valid, 0),
      days,
      adminOnly: key.permissions.filter(isAdminOnly),
      successor: successors.get(key.id) ?? null,
    };
  });
}
