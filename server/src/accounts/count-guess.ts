import { eq, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../database/connect-database.ts';
import { guesses } from '../database/schema/accounts.ts';
import type { Counter } from './guess-limits.ts';

/** Counts one more in one statement, or nothing where the window is full. Returns whether it had room. */
export async function countGuess(
  database: Database | Transaction,
  counter: Counter,
): Promise<boolean> {
  const hasEnded = sql`${guesses.endsAt} <= now()`;
  const rows = await database
    .insert(guesses)
    .values({
      subject: counter.subject,
      count: 1,
      endsAt: sql`now() + make_interval(secs => ${counter.windowSeconds})`,
    })
    .onConflictDoUpdate({
      target: guesses.subject,
      set: {
        count: sql`case when ${hasEnded} then 1 else ${guesses.count} + 1 end`,
        endsAt: sql`case when ${hasEnded} then excluded.ends_at else ${guesses.endsAt} end`,
      },
      setWhere: sql`${hasEnded} or ${guesses.count} < ${counter.limit}`,
    })
    .returning({ subject: guesses.subject });
  return rows.length > 0;
}

/** In how many seconds a full window ends; one at least. */
export async function secondsUntilRoom(
  database: Database | Transaction,
  { subject }: Counter,
): Promise<number> {
  const [row] = await database
    .select({ seconds: sql<number>`ceil(extract(epoch from ${guesses.endsAt} - now()))::int` })
    .from(guesses)
    .where(eq(guesses.subject, subject));
  return Math.max(1, row?.seconds ?? 1);
}
