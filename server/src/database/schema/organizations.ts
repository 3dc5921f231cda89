import { type Guardrails, guardrails } from '@keyward/shared/guardrails';
import { organizationStatuses, roles } from '@keyward/shared/organizations';
import { boolean, index, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { users } from './accounts.ts';
import { moment } from './columns.ts';

const noGuardrails = guardrails.parse({});

export const organizations = pgTable('organizations', {
  id: text('id').primaryKey(),
  slug: text('slug').notNull().unique(),
  name: text('name').notNull(),
  status: text('status', { enum: organizationStatuses }).notNull().default('active'),
  guardrails: jsonb('guardrails').$type<Guardrails>().notNull().default(noGuardrails),
  /** Whether a session within it must have been opened with a second factor. */
  requiresSecondFactor: boolean('requires_second_factor').notNull().default(false),
  createdAt: moment('created_at').notNull().defaultNow(),
});

export const memberships = pgTable(
  'memberships',
  {
    organizationId: text('organization_id')
      .notNull()
      .references(() => organizations.id),
    userId: text('user_id')
      .notNull()
      .references(() => users.id),
    role: text('role', { enum: roles }).notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.userId] }),
    index('memberships_user').on(table.userId),
  ],
);

/** A link by which somebody becomes a member. Only the SHA-256 of its token is kept. */
export const invitations = pgTable(
  'invitations',
  {
    id: text('id').primaryKey(),
    organizationId: text('organization_id')
      .notNull()
      .references(() => organizations.id),
    email: text('email').notNull(),
    role: text('role', { enum: roles }).notNull(),
    tokenHash: text('token_hash').notNull().unique(),
    /** Of the token in the newest mail: the one above was shown to whoever invited. */
    mailTokenHash: text('mail_token_hash').unique(),
    createdAt: moment('created_at').notNull().defaultNow(),
    expiresAt: moment('expires_at').notNull(),
    acceptedAt: moment('accepted_at'),
    revokedAt: moment('revoked_at'),
  },
  (table) => [index('invitations_organization').on(table.organizationId)],
);
