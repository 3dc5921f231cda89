import { bigint, boolean, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { moment } from './columns.ts';

export const users = pgTable('users', {
  id: text('id').primaryKey(),
  /** Lower case, so that unique means unique. */
  email: text('email').notNull().unique(),
  name: text('name').notNull(),
  /** Argon2id, in PHC form; null for who signs in by a provider alone. */
  passwordHash: text('password_hash'),
  isOperator: boolean('is_operator').notNull().default(false),
  createdAt: moment('created_at').notNull().defaultNow(),
});

export const sessions = pgTable(
  'sessions',
  {
    /** SHA-256 of the id in the cookie, in hex: a dump of this table opens no session. */
    idHash: text('id_hash').primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdAt: moment('created_at').notNull().defaultNow(),
    expiresAt: moment('expires_at').notNull(),
    /** Written every few minutes of use, and the address and the browser with it. */
    lastSeenAt: moment('last_seen_at').notNull().defaultNow(),
    address: text('address'),
    userAgent: text('user_agent'),
    /** When its user last gave the password in it. */
    confirmedAt: moment('confirmed_at').notNull().defaultNow(),
    /** Whether its user gave more than the password. */
    hasSecondFactor: boolean('has_second_factor').notNull().default(false),
  },
  (table) => [index('sessions_user').on(table.userId)],
);

/** Guesses at passwords and codes, counted in windows that open with the first. See count-guess.ts. */
export const guesses = pgTable(
  'guesses',
  {
    /** SHA-256, in hex, of what is counted: what strangers type as an email is not kept. */
    subject: text('subject').primaryKey(),
    count: integer('count').notNull(),
    endsAt: moment('ends_at').notNull(),
  },
  (table) => [index('guesses_end').on(table.endsAt)],
);

/** The app on a user's phone. Without `confirmedAt` it was offered, and no code of it has been seen. */
export const authenticators = pgTable('authenticators', {
  userId: text('user_id')
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  /** Base32. Readable, since the code is computed from it (RFC 6238). */
  secret: text('secret').notNull(),
  confirmedAt: moment('confirmed_at'),
  /** The time step of the newest code that was taken: that one and older ones are not taken again. */
  lastStep: bigint('last_step', { mode: 'number' }).notNull().default(0),
  createdAt: moment('created_at').notNull().defaultNow(),
});

/** What opens an account without its authenticator, each once. */
export const recoveryCodes = pgTable(
  'recovery_codes',
  {
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** SHA-256, in hex: a code has 80 random bits, which no search finds. */
    codeHash: text('code_hash').notNull(),
    usedAt: moment('used_at'),
  },
  (table) => [primaryKey({ columns: [table.userId, table.codeHash] })],
);

/** A sign-in whose password was right, and which waits for the code. */
export const signInChallenges = pgTable(
  'sign_in_challenges',
  {
    /** SHA-256, in hex, of the token that the browser holds. */
    tokenHash: text('token_hash').primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    expiresAt: moment('expires_at').notNull(),
  },
  (table) => [
    index('sign_in_challenges_user').on(table.userId),
    index('sign_in_challenges_end').on(table.expiresAt),
  ],
);
