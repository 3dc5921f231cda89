import { lte, or, sql } from 'drizzle-orm';
import type { Database } from '../database/connect-database.ts';
import { guesses, sessions, signInChallenges } from '../database/schema/accounts.ts';
import {
  mails,
  passkeyCeremonies,
  passwordResets,
  providerVisits,
} from '../database/schema/sign-in-ways.ts';

/** Drops sessions, half-made sign-ins and counts of guesses whose time is over. */
export async function pruneAccounts({ database }: { database: Database }): Promise<void> {
  await database.delete(guesses).where(lte(guesses.endsAt, sql`now()`));
  await database.delete(signInChallenges).where(lte(signInChallenges.expiresAt, sql`now()`));
  for (const table of [passwordResets, passkeyCeremonies, providerVisits]) {
    await database.delete(table).where(lte(table.expiresAt, sql`now()`));
  }
  await database.delete(mails).where(lte(mails.createdAt, sql`now() - interval '30 days'`));
  await database
    .delete(sessions)
    .where(
      or(
        lte(sessions.expiresAt, sql`now()`),
        lte(sessions.createdAt, sql`now() - interval '30 days'`),
      ),
    );
}
