import { DomainError } from '@keyward/shared/errors';
import type { Key } from '@keyward/shared/keys';
import { eq, type SQL, sql } from 'drizzle-orm';
import { holdsPermission } from '../authorize.ts';
import type { OrganizationContext } from '../context.ts';
import type { Database } from '../database/connect-database.ts';
import { keys } from '../database/schema/keys.ts';
import { effectiveRateLimit } from '../verification/key-facts.ts';
import { findKeyRows, type KeyRow } from './find-key-rows.ts';

/** The keys that the actor may see: an admin all of the organization's, a member their own. */
export function visibleKeys(context: OrganizationContext): SQL {
  const userId = visibleUser(context);
  const inOrganization = eq(keys.organizationId, context.organizationId);
  return userId === undefined
    ? inOrganization
    : sql`(${inOrganization} and ${keys.userId} = ${userId})`;
}

/** The member whose keys alone the actor may see; undefined if they may see all. */
export function visibleUser(context: OrganizationContext): string | undefined {
  if (holdsPermission(context, 'apiKeys:read')) {
    return undefined;
  }
  if (context.actor.type === 'user') {
    return context.actor.userId;
  }
  throw new DomainError(
    'insufficient_permissions',
    'This call needs apiKeys:read: use a key that holds it, or ask an admin to grant it.',
  );
}

/**
 * Reads keys, newest first, as both faces show them.
 * @param orderBy an order that is newest first among what `where` picks, for the sake of an index.
 */
export async function readKeys(
  database: Database,
  where: SQL,
  limit: number,
  orderBy: SQL = sql`${keys.id} desc`,
): Promise<Key[]> {
  const shown: Key[] = [];
  for (const row of await findKeyRows(database, where, limit, orderBy)) {
    const last = shown.at(-1);
    const key = last?.id === row.key.id ? last : showKey(row);
    if (key !== last) {
      shown.push(key);
    }
    if (row.secret !== null) {
      key.secrets.push(showSecret(row.secret));
      // Secrets come oldest first, and the newest one stands for the key.
      key.start = row.secret.start;
      key.last4 = row.secret.last4;
    }
  }
  return shown;
}

/** A key as it is shown, but for its secrets. */
function showKey({ key, status, service, tiers, user }: KeyRow): Key {
  return {
    id: key.id,
    name: key.name,
    kind: key.kind,
    service,
    environment: key.environment,
    tier: key.tier,
    start: '',
    last4: '',
    status,
    permissions: key.permissions,
    rateLimit: effectiveRateLimit(key, tiers),
    ipAllowlist: key.ipAllowlist,
    expiresAt: key.expiresAt?.toISOString() ?? null,
    externalId: key.externalId,
    metadata: key.metadata as Key['metadata'],
    user,
    createdBy: key.createdBy,
    createdAt: key.createdAt.toISOString(),
    updatedAt: key.updatedAt.toISOString(),
    revokedAt: key.revokedAt?.toISOString() ?? null,
    secrets: [],
    usage: {
      totalRequests: key.totalRequests,
      lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
      lastUsedIp: key.lastUsedIp,
    },
  };
}

const showSecret = (secret: NonNullable<KeyRow['secret']>) => ({
  start: secret.start,
  last4: secret.last4,
  createdAt: secret.createdAt.toISOString(),
  retiresAt: secret.retiresAt?.toISOString() ?? null,
  lastUsedAt: secret.lastUsedAt?.toISOString() ?? null,
});
