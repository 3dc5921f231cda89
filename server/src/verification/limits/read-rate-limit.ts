import type { RateLimitRule } from '@keyward/shared/rate-limit';
import { and, eq, gt, sql } from 'drizzle-orm';
import type { Database } from '../../database/connect-database.ts';
import { rateWindows } from '../../database/schema/usage.ts';
import { type LimitState, presentLimit } from './limit-state.ts';

/**
 * Where a key stands by its row, consuming nothing. Of a limit over 1,000 the shares that nodes hold
 * count as used.
 */
export async function readRateLimit(
  database: Database,
  keyId: string,
  rule: RateLimitRule,
): Promise<LimitState> {
  const now = sql`clock_timestamp()`;
  const [row] = await database
    .select({
      used: rateWindows.used,
      endsAt: rateWindows.endsAt,
      now: now.mapWith(rateWindows.endsAt),
    })
    .from(rateWindows)
    .where(
      and(
        eq(rateWindows.keyId, keyId),
        // A rule with another length starts a window of its own.
        eq(rateWindows.windowSeconds, rule.windowSeconds),
        gt(rateWindows.endsAt, now),
      ),
    )
    // By a name, whatever it is, PostgreSQL parses the statement once for each connection.
    .prepare('read_rate_limit')
    .execute();
  return row === undefined
    ? presentLimit(rule, rule.limit, null, 0)
    : // A limit that was lowered within a window may be overdrawn already.
      presentLimit(rule, Math.max(0, rule.limit - row.used), row.endsAt, row.now.getTime());
}
