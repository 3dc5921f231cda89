import { and, asc, inArray, sql } from 'drizzle-orm';
import type { Database } from '../database/connect-database.ts';
import { keyUsage } from '../database/schema/usage.ts';

/** A day in UTC with what was accepted and what was refused in it. */
export interface UseDay {
  at: string;
  valid: number;
  refused: number;
}

/** The last 30 days of each of these keys, by the key's id. Days without a call are left out. */
export async function getDailyUse(
  database: Database,
  keyIds: readonly string[],
): Promise<Map<string, UseDay[]>> {
  if (keyIds.length === 0) {
    return new Map();
  }
  const at = sql`date_trunc('day', ${keyUsage.hour}, 'UTC')`;
  const rows = await database
    .select({
      keyId: keyUsage.keyId,
      at: at.mapWith(keyUsage.hour),
      valid:
        sql`coalesce(sum(${keyUsage.count}) filter (where ${keyUsage.outcome} = 'VALID'), 0)`.mapWith(
          Number,
        ),
      refused:
        sql`coalesce(sum(${keyUsage.count}) filter (where ${keyUsage.outcome} <> 'VALID'), 0)`.mapWith(
          Number,
        ),
    })
    .from(keyUsage)
    .where(
      and(
        inArray(keyUsage.keyId, [...keyIds]),
        // 30 days with today, so that the first of them is whole.
        sql`${keyUsage.hour} >= date_trunc('day', now(), 'UTC') - interval '29 days'`,
      ),
    )
    .groupBy(keyUsage.keyId, at)
    .orderBy(asc(at));
  const byKey = new Map<string, UseDay[]>();
  for (const { keyId, ...day } of rows) {
    byKey.set(keyId, [...(byKey.get(keyId) ?? []), { ...day, at: day.at.toISOString() }]);
  }
  return byKey;
}
