import { bigint, index, jsonb, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import { sessions, users } from './accounts.ts';
import { moment } from './columns.ts';
import { invitations } from './organizations.ts';

/** A link by which a new password is set, once. Only the SHA-256 of its token is kept. */
export const passwordResets = pgTable(
  'password_resets',
  {
    tokenHash: text('token_hash').primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    expiresAt: moment('expires_at').notNull(),
  },
  (table) => [
    index('password_resets_user').on(table.userId),
    index('password_resets_end').on(table.expiresAt),
  ],
);

export const mailKinds = [
  'invitation',
  'password_changed',
  'password_reset',
  'second_factors_removed',
] as const;

/**
 * Mails that are to be sent, and those that were. Never what they say: a link's token is made when the mail
 * is, so that none rests here.
 */
export const mails = pgTable(
  'mails',
  {
    id: text('id').primaryKey(),
    kind: text('kind', { enum: mailKinds }).notNull(),
    /** As it was asked for: it may have no account. */
    email: text('email').notNull(),
    /** Where its link leads to, without a slash at its end. */
    baseUrl: text('base_url').notNull(),
    invitationId: text('invitation_id').references(() => invitations.id, { onDelete: 'cascade' }),
    /** Who asked for it, as their audit event will say. */
    requestId: text('request_id').notNull(),
    address: text('address'),
    userAgent: text('user_agent'),
    createdAt: moment('created_at').notNull().defaultNow(),
    /** When its job was put into the queue; null while it waits for that. */
    queuedAt: moment('queued_at'),
    sentAt: moment('sent_at'),
    /** Why the last attempt failed, in a sentence for people. */
    failure: text('failure'),
    /** When it was given up. */
    failedAt: moment('failed_at'),
  },
  (table) => [
    index('mails_waiting').on(table.queuedAt, table.id),
    index('mails_invitation').on(table.invitationId),
  ],
);

/** A key pair on a user's device (WebAuthn): its private half never leaves it. */
export const passkeys = pgTable(
  'passkeys',
  {
    /** The credential's own id, in base64url. */
    id: text('id').primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** COSE, in base64url. */
    publicKey: text('public_key').notNull(),
    /** How often it has signed, where it counts: one that goes back has been copied. */
    counter: bigint('counter', { mode: 'number' }).notNull(),
    transports: jsonb('transports').$type<string[]>().notNull(),
    name: text('name').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
    lastUsedAt: moment('last_used_at'),
  },
  (table) => [index('passkeys_user').on(table.userId)],
);

export const ceremonyPurposes = ['register', 'sign_in', 'second_step', 'confirm'] as const;

/** What a passkey is asked to sign, once, by the browser that holds the token. */
export const passkeyCeremonies = pgTable(
  'passkey_ceremonies',
  {
    /** SHA-256, in hex, of the token in the browser's cookie. */
    tokenHash: text('token_hash').primaryKey(),
    purpose: text('purpose', { enum: ceremonyPurposes }).notNull(),
    challenge: text('challenge').notNull(),
    /** Whose passkey it must be; null where the passkey itself says so. */
    userId: text('user_id').references(() => users.id, { onDelete: 'cascade' }),
    /** The session that it was begun in; null before there is one. */
    sessionId: text('session_id').references(() => sessions.idHash, { onDelete: 'cascade' }),
    expiresAt: moment('expires_at').notNull(),
  },
  (table) => [index('passkey_ceremonies_end').on(table.expiresAt)],
);

/** Who a user is at a provider of OpenID Connect. */
export const identities = pgTable(
  'identities',
  {
    issuer: text('issuer').notNull(),
    subject: text('subject').notNull(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** As the provider told it when it was connected; null where it did not. */
    email: text('email'),
    createdAt: moment('created_at').notNull().defaultNow(),
    lastUsedAt: moment('last_used_at'),
  },
  (table) => [
    primaryKey({ columns: [table.issuer, table.subject] }),
    unique('identities_user').on(table.userId, table.issuer),
  ],
);

export const providerPurposes = ['sign_in', 'connect', 'confirm'] as const;

/** A way to the provider and back, once, by the browser that holds the token. */
export const providerVisits = pgTable(
  'provider_visits',
  {
    /** SHA-256, in hex, of the token in the browser's cookie. */
    tokenHash: text('token_hash').primaryKey(),
    purpose: text('purpose', { enum: providerPurposes }).notNull(),
    state: text('state').notNull(),
    nonce: text('nonce').notNull(),
    codeVerifier: text('code_verifier').notNull(),
    /** The session that it was begun in; null before there is one. */
    sessionId: text('session_id').references(() => sessions.idHash, { onDelete: 'cascade' }),
    /** SHA-256, in hex, of the token of the invitation that is to be accepted. */
    invitationHash: text('invitation_hash'),
    /** A path of the console. */
    returnTo: text('return_to').notNull(),
    expiresAt: moment('expires_at').notNull(),
  },
  (table) => [index('provider_visits_end').on(table.expiresAt)],
);
