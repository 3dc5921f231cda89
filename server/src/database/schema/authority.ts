import { sql } from 'drizzle-orm';
import { bigint, boolean, check, index, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { moment } from './columns.ts';

/** One row that counts the changes of authority. A row, because sequences commit out of order. */
export const authorityRevision = pgTable(
  'authority_revision',
  {
    only: boolean('only').primaryKey().default(true),
    revision: bigint('revision', { mode: 'number' }).notNull(),
  },
  (table) => [check('authority_revision_one_row', sql`${table.only}`)],
);

export const authorityChanges = pgTable('authority_changes', {
  revision: bigint('revision', { mode: 'number' }).primaryKey(),
  /** What changed: `key`, `organization`, `service` or `user`. */
  subject: text('subject').notNull(),
  subjectId: text('subject_id').notNull(),
  at: moment('at').notNull().defaultNow(),
});

/** The processes that judge keys. A row whose lease has ended is of a process that is gone. */
export const authorityNodes = pgTable(
  'authority_nodes',
  {
    id: text('id').primaryKey(),
    startedAt: moment('started_at').notNull().defaultNow(),
    leaseSeconds: integer('lease_seconds').notNull(),
    renewedAt: moment('renewed_at').notNull().defaultNow(),
    /** The newest revision that the node has applied. */
    appliedRevision: bigint('applied_revision', { mode: 'number' }).notNull(),
  },
  (table) => [index('authority_nodes_renewed').on(table.renewedAt)],
);
