import type { Permission } from '@keyward/shared/permissions';
import { asc, eq, max, sql } from 'drizzle-orm';
import { requireSeesUsage } from '../authorize.ts';
import type { OrganizationContext } from '../context.ts';
import { keyPermissionDays } from '../database/schema/usage.ts';
import { getKey } from './get-key.ts';

export interface PermissionUse {
  permission: Permission;
  /** As `2026-11-20`, in UTC. */
  lastUsedOn: string;
  days: number;
}

/** What a key has exercised of what it was granted, as of the last flush of the counts. */
export async function getKeyPermissionUse(
  context: OrganizationContext,
  keyId: string,
): Promise<PermissionUse[]> {
  requireSeesUsage(context);
  await getKey(context, keyId);
  const rows = await context.database
    .select({
      permission: keyPermissionDays.permission,
      lastUsedOn: max(keyPermissionDays.day),
      days: sql`count(*)`.mapWith(Number),
    })
    .from(keyPermissionDays)
    .where(eq(keyPermissionDays.keyId, keyId))
    .groupBy(keyPermissionDays.permission)
    .orderBy(asc(keyPermissionDays.permission));
  return rows.flatMap(({ lastUsedOn, ...row }) =>
    lastUsedOn === null ? [] : [{ ...row, lastUsedOn }],
  );
}
