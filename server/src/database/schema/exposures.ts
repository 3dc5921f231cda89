import { exposureReporters } from '@keyward/shared/exposures';
import { index, pgTable, text, unique } from 'drizzle-orm/pg-core';
import { bytea, moment } from './columns.ts';
import { keySecrets, keys } from './keys.ts';

/** Where a secret was seen in the open. A secret that has retired since is one that nobody need fear. */
export const keyExposures = pgTable(
  'key_exposures',
  {
    id: text('id').primaryKey(),
    keyId: text('key_id')
      .notNull()
      .references(() => keys.id),
    secretId: text('secret_id')
      .notNull()
      .references(() => keySecrets.id),
    reporter: text('reporter', { enum: exposureReporters }).notNull(),
    /** A public page; null where none was told. */
    url: text('url'),
    /** In the reporter's words: `commit`, `gist_content`. */
    source: text('source'),
    at: moment('at').notNull().defaultNow(),
  },
  (table) => [
    // A place that is told again is no news.
    unique('key_exposures_place').on(table.secretId, table.reporter, table.url).nullsNotDistinct(),
    index('key_exposures_key').on(table.keyId, table.id),
  ],
);

/** Signed reports that were acted on. Their signatures bear no time, so each is remembered for good. */
export const exposureReports = pgTable('exposure_reports', {
  /** SHA-256 of the body as it was signed. */
  digest: bytea('digest').primaryKey(),
  /** Of the public key that verified it. */
  signedBy: text('signed_by').notNull(),
  at: moment('at').notNull().defaultNow(),
});
