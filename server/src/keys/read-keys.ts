import { DomainError } from '@keyward/shared/errors';
import type { Key, KeyStatus } from '@keyward/shared/keys';
import { desc, eq, type SQL, sql } from 'drizzle-orm';
import { holdsPermission } from '../authorize.ts';
import type { OrganizationContext } from '../context.ts';
import type { Database } from '../database/connect-database.ts';
import { users } from '../database/schema/accounts.ts';
import { keySecrets, keys } from '../database/schema/keys.ts';
import { services } from '../database/schema/services.ts';
import { effectiveRateLimit } from '../verification/key-facts.ts';
import { isLive } from './live-secrets.ts';

/** The status of a key at the database's time, as SQL. A revoked key is revoked whatever else it is. */
export const keyStatus = sql<KeyStatus>`case
  when ${keys.revokedAt} is not null then 'revoked'
  when ${keys.expiresAt} <= now() then 'expired'
  when ${keys.suspendedAt} is not null then 'suspended'
  else 'active' end`;

const isOver = sql`${keys.expiresAt} <= now()`;
const isNotOver = sql`(${keys.expiresAt} is null or ${keys.expiresAt} > now())`;

/** The same as conditions, each of which an index can serve. */
export const hasStatus: Record<KeyStatus, SQL> = {
  revoked: sql`${keys.revokedAt} is not null`,
  expired: sql`(${keys.revokedAt} is null and ${isOver})`,
  suspended: sql`(${keys.revokedAt} is null and ${isNotOver} and ${keys.suspendedAt} is not null)`,
  active: sql`(${keys.revokedAt} is null and ${isNotOver} and ${keys.suspendedAt} is null)`,
};

/** The keys that the actor may see: an admin all of the organization's, a member their own. */
export function visibleKeys(context: OrganizationContext): SQL {
  const inOrganization = eq(keys.organizationId, context.organizationId);
  if (holdsPermission(context, 'apiKeys:read')) {
    return inOrganization;
  }
  if (context.actor.type === 'user') {
    return sql`(${inOrganization} and ${keys.userId} = ${context.actor.userId})`;
  }
  throw new DomainError(
    'insufficient_permissions',
    'This call needs apiKeys:read: use a key that holds it, or ask an admin to grant it.',
  );
}

/** A live secret, as it comes out of PostgreSQL's JSON. */
interface SecretJson {
  start: string;
  last4: string;
  createdAt: string;
  retiresAt: string | null;
  lastUsedAt: string | null;
}

// Of one statement with their keys: a page takes one way to the database and back.
const liveSecrets = sql<SecretJson[]>`(select coalesce(json_agg(json_build_object(
    'start', ${keySecrets.start}, 'last4', ${keySecrets.last4}, 'createdAt', ${keySecrets.createdAt},
    'retiresAt', ${keySecrets.retiresAt}, 'lastUsedAt', ${keySecrets.lastUsedAt}
  ) order by ${keySecrets.id}), '[]')
  from ${keySecrets} where ${keySecrets.keyId} = ${keys.id} and ${isLive})`;

/** Reads keys, newest first, as both faces show them. */
export async function readKeys(database: Database, where: SQL, limit: number): Promise<Key[]> {
  const rows = await database
    .select({
      key: keys,
      status: keyStatus,
      service: services.slug,
      tiers: sql`${services.profile} -> 'tiers'`.mapWith(
        (tiers) => tiers as typeof services.$inferSelect.profile.tiers,
      ),
      user: { id: users.id, email: users.email, name: users.name },
      secrets: liveSecrets,
    })
    .from(keys)
    .innerJoin(services, eq(services.id, keys.serviceId))
    .leftJoin(users, eq(users.id, keys.userId))
    .where(where)
    .orderBy(desc(keys.id))
    .limit(limit)
    // By a name, whatever it is, PostgreSQL plans each shape of it once for a connection.
    .prepare('read_keys')
    .execute();
  return rows.map(({ key, status, service, tiers, user, secrets }) => {
    const newest = secrets.at(-1);
    return {
      id: key.id,
      name: key.name,
      kind: key.kind,
      service,
      environment: key.environment,
      tier: key.tier,
      start: newest?.start ?? '',
      last4: newest?.last4 ?? '',
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
      secrets: secrets.map(({ start, last4, createdAt, retiresAt, lastUsedAt }) => ({
        start,
        last4,
        createdAt: toIso(createdAt),
        retiresAt: retiresAt && toIso(retiresAt),
        lastUsedAt: lastUsedAt && toIso(lastUsedAt),
      })),
      usage: {
        totalRequests: key.totalRequests,
        lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
        lastUsedIp: key.lastUsedIp,
      },
    };
  });
}

const toIso = (moment: string) => new Date(moment).toISOString();
