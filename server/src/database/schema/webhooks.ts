import type { AuditActor } from '@keyward/shared/audit';
import type { CreatedBy } from '@keyward/shared/keys';
import type { KeyKind } from '@keyward/shared/service-profile';
import { deliveryStatuses } from '@keyward/shared/webhooks';
import { type SQLWrapper, sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
} from 'drizzle-orm/pg-core';
import { moment } from './columns.ts';
import { keys } from './keys.ts';
import { organizations } from './organizations.ts';

/** Where an organization wants to be told of what happens. */
export const webhookEndpoints = pgTable(
  'webhook_endpoints',
  {
    id: text('id').primaryKey(),
    organizationId: text('organization_id')
      .notNull()
      .references(() => organizations.id),
    url: text('url').notNull(),
    description: text('description'),
    /** Empty takes every event. */
    events: text('events').array().notNull(),
    /** Of the keys whose events are wanted; empty takes both. */
    kinds: text('kinds').array().$type<KeyKind[]>().notNull(),
    /** Slugs; empty takes every service. */
    services: text('services').array().notNull(),
    /** Signs every message, and so cannot be a hash. Shown at its making alone. */
    secret: text('secret').notNull(),
    previousSecret: text('previous_secret'),
    previousSecretUntil: moment('previous_secret_until'),
    enabled: boolean('enabled').notNull().default(true),
    disabledBecause: text('disabled_because'),
    failingSince: moment('failing_since'),
    /** Whether its last answer was slow: what is sent to it waits apart. */
    isSlow: boolean('is_slow').notNull().default(false),
    createdBy: jsonb('created_by').$type<CreatedBy>().notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
  },
  (table) => [index('webhook_endpoints_organization').on(table.organizationId)],
);

/** Events that were committed with their change, and are not yet turned into deliveries. */
export const webhookOutbox = pgTable('webhook_outbox', {
  /** Of the event: an audit event's own id where one was recorded. */
  id: text('id').primaryKey(),
  organizationId: text('organization_id').notNull(),
  type: text('type').notNull(),
  at: moment('at').notNull(),
  actor: jsonb('actor').$type<AuditActor>().notNull(),
  targetType: text('target_type').notNull(),
  targetId: text('target_id').notNull(),
  data: jsonb('data').$type<Record<string, unknown>>().notNull(),
});

const isUnqueued = ({ queuedAt }: { queuedAt: SQLWrapper }) => sql`${queuedAt} is null`;

/** One message to one endpoint. */
export const webhookDeliveries = pgTable(
  'webhook_deliveries',
  {
    id: text('id').primaryKey(),
    organizationId: text('organization_id').notNull(),
    endpointId: text('endpoint_id')
      .notNull()
      .references(() => webhookEndpoints.id, { onDelete: 'cascade' }),
    eventId: text('event_id').notNull(),
    eventType: text('event_type').notNull(),
    /** As it is sent, to the byte: what was signed once is signed the same again. */
    body: text('body').notNull(),
    status: text('status', { enum: deliveryStatuses }).notNull().default('pending'),
    attempts: integer('attempts').notNull().default(0),
    /** Null until a job stands in the queue for it. */
    queuedAt: moment('queued_at'),
    nextAttemptAt: moment('next_attempt_at'),
    createdAt: moment('created_at').notNull().defaultNow(),
    finishedAt: moment('finished_at'),
    redeliveryOf: text('redelivery_of').references((): AnyPgColumn => webhookDeliveries.id, {
      onDelete: 'set null',
    }),
  },
  (table) => [
    index('webhook_deliveries_endpoint').on(table.endpointId, table.id),
    index('webhook_deliveries_status').on(table.endpointId, table.status, table.id),
    index('webhook_deliveries_event').on(table.endpointId, table.eventId),
    index('webhook_deliveries_unqueued').on(table.id).where(isUnqueued(table)),
    index('webhook_deliveries_finished').on(table.finishedAt),
    index('webhook_deliveries_redelivery').on(table.redeliveryOf),
  ],
);

export const webhookAttempts = pgTable(
  'webhook_attempts',
  {
    deliveryId: text('delivery_id')
      .notNull()
      .references(() => webhookDeliveries.id, { onDelete: 'cascade' }),
    number: integer('number').notNull(),
    at: moment('at').notNull(),
    durationMs: integer('duration_ms').notNull(),
    statusCode: integer('status_code'),
    error: text('error'),
    response: text('response'),
    /** Null where a version of Keyward sent it that did not keep them. */
    requestHeaders: jsonb('request_headers').$type<Record<string, string>>(),
  },
  (table) => [primaryKey({ columns: [table.deliveryId, table.number] })],
);

/** What was told of a key because of the time or its traffic, so that it is told once. */
export const webhookNotices = pgTable(
  'webhook_notices',
  {
    keyId: text('key_id')
      .notNull()
      .references(() => keys.id),
    type: text('type').notNull(),
    /** Which occasion: the expiry that comes near, the hour of a refusal. */
    occasion: text('occasion').notNull(),
    at: moment('at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.keyId, table.type, table.occasion] }),
    index('webhook_notices_at').on(table.at),
  ],
);
