import type { Key } from '@keyward/shared/keys';
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { requirePermission } from '../authorize.ts';
import type { OrganizationContext } from '../context.ts';
import { keys } from '../database/schema/keys.ts';
import { keyUsage } from '../database/schema/usage.ts';
import { readKeys } from '../keys/read-keys.ts';
import { getMember } from './list-members.ts';

/** A key that would be revoked, with its valid calls of the last 30 days. */
export interface LeaverKey {
  key: Key;
  callsIn30Days: number;
}

// Nobody holds so many by hand; more are revoked all the same.
const mostKeys = 1000;

/** The keys that the removal of a member would revoke, and how much each is used. */
export async function previewRemoval(
  context: OrganizationContext,
  userId: string,
): Promise<LeaverKey[]> {
  requirePermission(context, 'members:read');
  const { database, organizationId } = context;
  await getMember(database, organizationId, userId);
  const held = await readKeys(
    database,
    and(eq(keys.organizationId, organizationId), eq(keys.userId, userId), isNull(keys.revokedAt)) ??
      sql`false`,
    mostKeys,
  );
  const calls = await database
    .select({ keyId: keyUsage.keyId, count: sql`sum(${keyUsage.count})`.mapWith(Number) })
    .from(keyUsage)
    .where(
      and(
        inArray(keyUsage.keyId, ['', ...held.map(({ id }) => id)]),
        eq(keyUsage.outcome, 'VALID'),
        sql`${keyUsage.hour} > now() - interval '30 days'`,
      ),
    )
    .groupBy(keyUsage.keyId);
  return held.map((key) => ({
    key,
    callsIn30Days: calls.find(({ keyId }) => keyId === key.id)?.count ?? 0,
  }));
}
