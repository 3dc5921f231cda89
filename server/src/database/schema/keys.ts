import type { CreatedBy } from '@keyward/shared/keys';
import type { Permission } from '@keyward/shared/permissions';
import type { RateLimitRule } from '@keyward/shared/rate-limit';
import { environments, keyKinds } from '@keyward/shared/service-profile';
import { type SQLWrapper, sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { users } from './accounts.ts';
import { bytea, moment } from './columns.ts';
import { organizations } from './organizations.ts';
import { services } from './services.ts';

interface Halts {
  revokedAt: SQLWrapper;
  suspendedAt: SQLWrapper;
}

/** Whether a key was revoked or suspended, expired or not. */
export const isHalted = ({ revokedAt, suspendedAt }: Halts) =>
  sql`(${revokedAt} is not null or ${suspendedAt} is not null)`;

/** Which of the two a halted key is first: a revoked one is revoked whatever else it is. */
export const haltedAs = ({ revokedAt }: Halts) =>
  sql`(case when ${revokedAt} is null then 'suspended' else 'revoked' end)`;

/** The grant. Its secrets stand in `key_secrets`, so that it outlives a rotation. */
export const keys = pgTable(
  'keys',
  {
    id: text('id').primaryKey(),
    organizationId: text('organization_id')
      .notNull()
      .references(() => organizations.id),
    serviceId: text('service_id')
      .notNull()
      .references(() => services.id),
    kind: text('kind', { enum: keyKinds }).notNull(),
    /** The member whose key it is; null on a bot key. */
    userId: text('user_id').references(() => users.id),
    environment: text('environment', { enum: environments }).notNull(),
    tier: text('tier').notNull(),
    name: text('name').notNull(),
    permissions: text('permissions').array().$type<Permission[]>().notNull(),
    /** Null takes the tier's; `none` is no limit at all. */
    rateLimit: jsonb('rate_limit').$type<RateLimitRule | 'none'>(),
    ipAllowlist: text('ip_allowlist').array().notNull(),
    expiresAt: moment('expires_at'),
    suspendedAt: moment('suspended_at'),
    revokedAt: moment('revoked_at'),
    externalId: text('external_id'),
    metadata: jsonb('metadata').$type<Record<string, unknown>>().notNull(),
    /** An operator's key: it sees and acts in every organization. */
    allOrganizations: boolean('all_organizations').notNull().default(false),
    createdBy: jsonb('created_by').$type<CreatedBy>().notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
    /** Who asked, and with which Idempotency-Key; the hash is SHA-256 of what was asked. */
    idempotencyKey: text('idempotency_key'),
    idempotencyHash: text('idempotency_hash'),
    totalRequests: bigint('total_requests', { mode: 'number' }).notNull().default(0),
    lastUsedAt: moment('last_used_at'),
    lastUsedIp: text('last_used_ip'),
    /** When somebody last said that the key is still needed. */
    reviewedAt: moment('reviewed_at'),
    /** Whether it did for 30 days without something that it holds, when that was last judged. */
    holdsInVain: boolean('holds_in_vain').notNull().default(false),
  },
  (table) => [
    check('keys_owner_by_kind', sql`(${table.kind} = 'user') = (${table.userId} is not null)`),
    // Ids sort by creation, so this index is the newest-first list of an organization.
    index('keys_organization').on(table.organizationId, table.id),
    index('keys_member').on(table.organizationId, table.userId, table.serviceId),
    index('keys_service').on(table.serviceId),
    // What a filter picks is found in the order of the list, however rare it is. None of these holds a
    // column that the usage flush writes each second.
    index('keys_by_service').on(table.organizationId, table.serviceId, table.id),
    index('keys_by_kind').on(table.organizationId, table.kind, table.id),
    index('keys_by_environment').on(table.organizationId, table.environment, table.id),
    index('keys_by_external_id')
      .on(table.organizationId, table.externalId, table.id)
      .where(sql`${table.externalId} is not null`),
    index('keys_halted').on(table.organizationId, haltedAs(table), table.id).where(isHalted(table)),
    // With the id, so that what expired is sorted without a look at the keys themselves.
    index('keys_unrevoked')
      .on(table.organizationId, table.expiresAt, table.id)
      .where(sql`${table.revokedAt} is null`),
    index('keys_in_vain').on(table.organizationId, table.id).where(sql`${table.holdsInVain}`),
    uniqueIndex('keys_idempotency').on(table.organizationId, table.idempotencyKey),
  ],
);

/** One live secret a key, two while it rotates. Retired ones stay, as tombstones. */
export const keySecrets = pgTable(
  'key_secrets',
  {
    id: text('id').primaryKey(),
    keyId: text('key_id')
      .notNull()
      .references(() => keys.id),
    /** SHA-256 of the whole secret. 190 random bits need no salt and no slow hash. */
    secretHash: bytea('secret_hash').notNull().unique(),
    start: text('start').notNull(),
    last4: text('last4').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
    retiresAt: moment('retires_at'),
    retiredAt: moment('retired_at'),
    firstUsedAt: moment('first_used_at'),
    lastUsedAt: moment('last_used_at'),
    /** Retires once it has been quiet for so long after its successor was first used. */
    retireWhenQuietSeconds: integer('retire_when_quiet_seconds'),
  },
  (table) => [
    index('key_secrets_quiet')
      .on(table.keyId)
      .where(sql`${table.retireWhenQuietSeconds} is not null and ${table.retiredAt} is null`),
    index('key_secrets_key').on(table.keyId),
    index('key_secrets_last4').on(table.last4),
    // Written once: later uses leave it alone.
    index('key_secrets_first_used').on(table.firstUsedAt),
    index('key_secrets_retiring').on(table.retiresAt).where(sql`${table.retiresAt} is not null`),
  ],
);
