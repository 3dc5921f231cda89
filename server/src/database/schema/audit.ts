import type { AuditAction, AuditActor, AuditTargetType } from '@keyward/shared/audit';
import { sql } from 'drizzle-orm';
import { bigint, index, jsonb, pgTable, text, unique } from 'drizzle-orm/pg-core';
import { moment } from './columns.ts';

/** The last event of each chain: its row is the lock that numbers the events without gaps. */
export const auditHeads = pgTable('audit_heads', {
  /** An organization's id, or `instance` for what belongs to none. */
  chain: text('chain').primaryKey(),
  number: bigint('number', { mode: 'number' }).notNull(),
  hash: text('hash').notNull(),
});

export const auditEvents = pgTable(
  'audit_events',
  {
    id: text('id').primaryKey(),
    chain: text('chain').notNull(),
    number: bigint('number', { mode: 'number' }).notNull(),
    at: moment('at').notNull(),
    actor: jsonb('actor').$type<AuditActor>().notNull(),
    action: text('action').$type<AuditAction>().notNull(),
    targetType: text('target_type').$type<AuditTargetType>().notNull(),
    targetId: text('target_id').notNull(),
    /** What changed, as `{before, after}` or what was made. Never a secret. */
    data: jsonb('data').$type<Record<string, unknown>>().notNull(),
    address: text('address'),
    userAgent: text('user_agent'),
    requestId: text('request_id').notNull(),
    previousHash: text('previous_hash').notNull(),
    /** SHA-256, in hex, over the previous hash and this event's canonical JSON. */
    hash: text('hash').notNull(),
  },
  (table) => [
    unique('audit_events_number').on(table.chain, table.number),
    // The history of one key, or of whatever else.
    index('audit_events_target').on(table.chain, table.targetType, table.targetId, table.number),
    index('audit_events_action').on(table.chain, table.action, table.number),
    index('audit_events_at').on(table.chain, table.at, table.number),
    index('audit_events_actor').on(table.chain, sql`(${table.actor} ->> 'id')`, table.number),
    index('audit_events_actor_type').on(
      table.chain,
      sql`(${table.actor} ->> 'type')`,
      table.number,
    ),
  ],
);
