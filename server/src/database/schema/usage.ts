import { outcomes } from '@keyward/shared/outcomes';
import type { Permission } from '@keyward/shared/permissions';
import { sql } from 'drizzle-orm';
import { bigint, date, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { moment } from './columns.ts';
import { keys } from './keys.ts';
import { organizations } from './organizations.ts';

/** How often a key met an outcome within an hour. */
export const keyUsage = pgTable(
  'key_usage',
  {
    keyId: text('key_id')
      .notNull()
      .references(() => keys.id),
    hour: moment('hour').notNull(),
    outcome: text('outcome', { enum: outcomes }).notNull(),
    count: bigint('count', { mode: 'number' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.keyId, table.hour, table.outcome] }),
    // Who was refused this hour. Counting on does not touch it: its columns stay as they are.
    index('key_usage_refused').on(table.hour).where(sql`${table.outcome} <> 'VALID'`),
  ],
);

/** The open window of a limited key, or its last one. */
export const rateWindows = pgTable('rate_windows', {
  keyId: text('key_id')
    .primaryKey()
    .references(() => keys.id),
  windowSeconds: integer('window_seconds').notNull(),
  endsAt: moment('ends_at').notNull(),
  used: bigint('used', { mode: 'number' }).notNull(),
});

/** The days, in UTC, on which a key exercised a permission: what is granted and never used shows here. */
export const keyPermissionDays = pgTable(
  'key_permission_days',
  {
    keyId: text('key_id')
      .notNull()
      .references(() => keys.id),
    permission: text('permission').$type<Permission>().notNull(),
    day: date('day').notNull(),
  },
  (table) => [primaryKey({ columns: [table.keyId, table.permission, table.day] })],
);

/** How often the keys of an organization met an outcome within an hour: the sum of theirs, at hand. */
export const organizationUsage = pgTable(
  'organization_usage',
  {
    organizationId: text('organization_id')
      .notNull()
      .references(() => organizations.id),
    hour: moment('hour').notNull(),
    outcome: text('outcome', { enum: outcomes }).notNull(),
    count: bigint('count', { mode: 'number' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.hour, table.outcome] })],
);

/** From where a key was used, and from where it was refused; the newest hundred addresses of each key. */
export const keyAddresses = pgTable(
  'key_addresses',
  {
    keyId: text('key_id')
      .notNull()
      .references(() => keys.id),
    address: text('address').notNull(),
    validCount: bigint('valid_count', { mode: 'number' }).notNull(),
    refusedCount: bigint('refused_count', { mode: 'number' }).notNull(),
    firstSeenAt: moment('first_seen_at').notNull(),
    lastSeenAt: moment('last_seen_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.keyId, table.address] }),
    index('key_addresses_newest').on(table.keyId, table.lastSeenAt),
  ],
);
