import { and, eq, gt, inArray, lte, sql } from 'drizzle-orm';
import { instanceChain } from '../audit/record-audit-event.ts';
import type { Context } from '../context.ts';
import type { Transaction } from '../database/connect-database.ts';
import { guesses, users } from '../database/schema/accounts.ts';
import { auditEvents } from '../database/schema/audit.ts';
import { countGuess } from './count-guess.ts';
import { countersOf, type Guess, networkOf } from './guess-limits.ts';
import { tooManyAttempts } from './too-many-attempts.ts';

/**
 * Tries a guess at a password or a code, unless there were too many. It is counted before it is tried,
 * so that a thousand at once are not let through, and forgotten when it was right. Refused ones do not
 * count: whoever goes on knocking does not keep the door shut.
 * @param attempt null for a wrong guess. It is not run for one that is refused.
 */
export async function tryGuess<Result>(
  context: Context,
  guess: Guess,
  attempt: () => Promise<Result | null>,
): Promise<Result | null> {
  const counted = await countEverywhere(context, guess);
  const result = await attempt();
  if (result !== null) {
    await forgetGuess(context, counted);
  }
  return result;
}

function countEverywhere(context: Context, guess: Guess): Promise<string[]> {
  const network = networkOf(context.address);
  const counters = countersOf(guess, network ?? 'unknown');
  return context.database.transaction(async (transaction) => {
    const counted: string[] = [];
    for (const counter of counters) {
      if (await countGuess(transaction, counter)) {
        counted.push(counter.subject);
      } else if (!(counter.sparesFamiliar && (await isFamiliar(transaction, guess, network)))) {
        throw await tooManyAttempts(transaction, counter, 'too many attempts have failed');
      }
    }
    return counted;
  });
}

/** Whether the account was signed in to from the same network in the last 90 days. */
async function isFamiliar(
  transaction: Transaction,
  { what, account }: Guess,
  network: string | null,
): Promise<boolean> {
  if (network === null) {
    return false;
  }
  const rows = await transaction
    .select({ id: auditEvents.id })
    .from(users)
    .innerJoin(
      auditEvents,
      and(
        eq(auditEvents.chain, instanceChain),
        eq(auditEvents.targetType, 'user'),
        eq(auditEvents.targetId, users.id),
        inArray(auditEvents.action, ['account.created', 'account.signed_in']),
        gt(auditEvents.at, sql`now() - interval '90 days'`),
        sql`${auditEvents.address}::inet <<= ${network}::inet`,
      ),
    )
    .where(eq(what === 'password' ? users.email : users.id, account))
    .limit(1);
  return rows.length > 0;
}

async function forgetGuess({ database }: Context, counted: readonly string[]): Promise<void> {
  await database.transaction(async (transaction) => {
    // One by one, in the order in which they were counted.
    for (const subject of counted) {
      await transaction
        .update(guesses)
        .set({ count: sql`${guesses.count} - 1` })
        .where(eq(guesses.subject, subject));
      await transaction
        .delete(guesses)
        .where(and(eq(guesses.subject, subject), lte(guesses.count, 0)));
    }
  });
}
