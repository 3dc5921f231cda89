import type { RateLimitRule, RateLimitState } from '@keyward/shared/rate-limit';
import { sql } from 'drizzle-orm';
import type { Database } from '../../database/connect-database.ts';
import { rateWindows } from '../../database/schema/usage.ts';

/** Where a key stands, with the seconds until its window ends on the database's clock. */
export interface LimitState extends RateLimitState {
  /** Null without an open window. */
  resetAfterSeconds: number | null;
}

export interface LimitDecision {
  admitted: boolean;
  state: LimitState;
}

const now = sql`clock_timestamp()`;
const columns = {
  used: rateWindows.used,
  endsAt: rateWindows.endsAt,
  resetAfterSeconds: sql`extract(epoch from ${rateWindows.endsAt} - ${now})`.mapWith(Number),
};

/**
 * Takes `cost` out of the key's window, which opens with the first request, or takes nothing.
 * One guarded statement on one row: a limit of 100 admits exactly 100, from however many nodes.
 */
export async function consumeRateLimit(
  database: Database,
  keyId: string,
  rule: RateLimitRule,
  cost: number,
): Promise<LimitDecision> {
  if (cost === 0 || cost > rule.limit) {
    const state = await readRateLimit(database, keyId, rule);
    return { admitted: cost === 0, state };
  }
  // A rule with another length starts a window of its own.
  const ended = sql`(${rateWindows.endsAt} <= ${now} or ${rateWindows.windowSeconds} <> ${rule.windowSeconds})`;
  const endsAt = sql`${now} + make_interval(secs => ${rule.windowSeconds})`;
  const [row] = await database
    .insert(rateWindows)
    .values({ keyId, windowSeconds: rule.windowSeconds, endsAt, used: cost })
    .onConflictDoUpdate({
      target: rateWindows.keyId,
      set: {
        windowSeconds: rule.windowSeconds,
        used: sql`case when ${ended} then ${cost} else ${rateWindows.used} + ${cost} end`,
        endsAt: sql`case when ${ended} then ${endsAt} else ${rateWindows.endsAt} end`,
      },
      setWhere: sql`${ended} or ${rateWindows.used} + ${cost} <= ${rule.limit}`,
    })
    .returning(columns);
  return row === undefined
    ? { admitted: false, state: await readRateLimit(database, keyId, rule) }
    : { admitted: true, state: toState(rule, row) };
}

/** Where a key stands, consuming nothing. */
export async function readRateLimit(
  database: Database,
  keyId: string,
  rule: RateLimitRule,
): Promise<LimitState> {
  const [row] = await database
    .select(columns)
    .from(rateWindows)
    .where(
      sql`${rateWindows.keyId} = ${keyId} and ${rateWindows.endsAt} > ${now} and ${rateWindows.windowSeconds} = ${rule.windowSeconds}`,
    );
  return toState(rule, row);
}

function toState(
  rule: RateLimitRule,
  row: { used: number; endsAt: Date; resetAfterSeconds: number } | undefined,
): LimitState {
  return {
    limit: rule.limit,
    windowSeconds: rule.windowSeconds,
    // A limit that was lowered within a window may be overdrawn already.
    remaining: Math.max(0, rule.limit - (row?.used ?? 0)),
    resetAt: row?.endsAt ?? null,
    // The end is kept to the millisecond, rounded: never more than a whole window from now.
    resetAfterSeconds:
      row === undefined
        ? null
        : Math.min(rule.windowSeconds, Math.max(1, Math.ceil(row.resetAfterSeconds))),
  };
}
