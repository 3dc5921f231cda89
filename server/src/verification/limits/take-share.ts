import type { RateLimitRule } from '@keyward/shared/rate-limit';
import { eq, sql } from 'drizzle-orm';
import type { Database } from '../../database/connect-database.ts';
import { rateWindows } from '../../database/schema/usage.ts';

export interface ShareRequest {
  keyId: string;
  rule: RateLimitRule;
  /** Less than this is not worth taking. At most the limit. */
  needed: number;
  /** At least what is needed. More than remains is not taken. */
  wanted: number;
  /** Only multiples of it are taken. */
  unit: number;
}

/** What was taken out of a key's open window. */
export interface TakenShare {
  /** 0 where less remained than was needed. */
  amount: number;
  /** What the row has left. */
  remainder: number;
  endsAt: Date;
}

/**
 * Makes the one statement that takes from a window, which opens with the first request. Whatever was
 * taken counts as used from then on, so that all nodes together never admit more than the limit.
 */
export function prepareTakeShare(
  database: Database,
): (request: ShareRequest) => Promise<TakenShare> {
  const take = prepareTake(database);

  /** The first window of a key has no row yet. */
  async function open({ keyId, rule, wanted, unit }: ShareRequest) {
    const most = Math.min(wanted, rule.limit);
    const amount = most - (most % unit);
    const [row] = await database
      .insert(rateWindows)
      .values({
        keyId,
        windowSeconds: rule.windowSeconds,
        endsAt: sql`clock_timestamp() + make_interval(secs => ${rule.windowSeconds})`,
        used: amount,
      })
      .onConflictDoNothing()
      .returning({ used: rateWindows.used, endsAt: rateWindows.endsAt });
    return row && { ...row, amount };
  }

  return async (request) => {
    const { rule, ...asked } = request;
    const values = { ...asked, limit: rule.limit, windowSeconds: rule.windowSeconds };
    // Where another call made the row in between, it is there now, and stays.
    const row =
      (await take.execute(values))[0] ?? (await open(request)) ?? (await take.execute(values))[0];
    if (row === undefined) {
      throw new Error(`The window of ${request.keyId} can neither be found nor opened.`);
    }
    return {
      amount: row.amount,
      // A limit that was lowered within a window may be overdrawn already.
      remainder: Math.max(0, rule.limit - row.used),
      endsAt: row.endsAt,
    };
  };
}

function prepareTake(database: Database) {
  const keyId = sql.placeholder('keyId');
  const windowSeconds = sql`${sql.placeholder('windowSeconds')}::integer`;
  const [limit, needed, wanted, unit] = ['limit', 'needed', 'wanted', 'unit'].map(
    (name) => sql`${sql.placeholder(name)}::bigint`,
  );
  // Locked, so that this is the row's newest version: a statement's own view of it may be older, and what
  // is computed from that would be taken twice. Null is a window that has ended, by one look at the clock.
  const standing = database.$with('standing').as(
    database
      .select({
        endsAt: rateWindows.endsAt,
        openUsed: sql`case
          when ${rateWindows.windowSeconds} = ${windowSeconds}
            and ${rateWindows.endsAt} > clock_timestamp()
          then ${rateWindows.used} end`.as('open_used'),
      })
      .from(rateWindows)
      .where(eq(rateWindows.keyId, keyId))
      .for('no key update'),
  );
  const remainder = sql`${limit} - coalesce(${standing.openUsed}, 0)`;
  const offer = database.$with('offer').as(
    database
      .select({
        used: sql`coalesce(${standing.openUsed}, 0)`.as('used_before'),
        amount: sql`case
          when ${remainder} >= ${needed}
          then least(${wanted}, ${remainder}) / ${unit} * ${unit} else 0 end`.as('amount'),
        endsAt: sql`case
          when ${standing.openUsed} is null
          then clock_timestamp() + make_interval(secs => ${windowSeconds})
          else ${standing.endsAt} end`.as('window_ends_at'),
      })
      .from(standing),
  );
  return database
    .with(standing, offer)
    .update(rateWindows)
    .set({
      windowSeconds,
      used: sql`${offer.used} + ${offer.amount}`,
      endsAt: sql`${offer.endsAt}`,
    })
    .from(offer)
    .where(eq(rateWindows.keyId, keyId))
    .returning({
      amount: sql`${offer.amount}`.mapWith(Number),
      used: rateWindows.used,
      endsAt: rateWindows.endsAt,
    })
    .prepare('take_share');
}
