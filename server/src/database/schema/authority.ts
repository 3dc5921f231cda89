import { sql } from 'drizzle-orm';
import { bigint, boolean, check, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { moment } from './columns.ts';

/** One row that counts the changes of authority. A row, because sequences commit out of order. */
export const authorityRevision = pgTable(
  'authority_revision',
  {
    only: boolean('only').primaryKey().default(true),
    revision: bigint('revision', { mode: 'number' }).notNull(),
    /** Whether secrets were imported, whose form is not ours: till then noise is refused by its form. */
    hasImports: boolean('has_imports').notNull().default(false),
  },
  (table) => [check('authority_revision_one_row', sql`${table.only}`)],
);

/** One row for each revision. Written by the trigger `record_authority_change` alone. */
export const authorityChanges = pgTable('authority_changes', {
  revision: bigint('revision', { mode: 'number' }).primaryKey(),
  /** What changed: `key`, `organization`, `service`, `user` or `instance`. */
  subject: text('subject').notNull(),
  subjectId: text('subject_id').notNull(),
  at: moment('at').notNull().defaultNow(),
});

/** The processes that judge keys, each from before its first lease until it stops or is found dead. */
export const authorityNodes = pgTable('authority_nodes', {
  id: text('id').primaryKey(),
  startedAt: moment('started_at').notNull().defaultNow(),
  leaseSeconds: integer('lease_seconds').notNull(),
  /** For people. No decision rests on it: clocks may be set. */
  renewedAt: moment('renewed_at').notNull().defaultNow(),
  /** Counts the node's leases: one that stays the same for longer than a lease is of a node that holds none. */
  renewals: bigint('renewals', { mode: 'number' }).notNull().default(0),
  /** The newest revision that the node has applied. */
  appliedRevision: bigint('applied_revision', { mode: 'number' }).notNull(),
});
