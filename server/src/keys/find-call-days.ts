import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../database/connect-database.ts';
import { keys } from '../database/schema/keys.ts';
import { keyUsage } from '../database/schema/usage.ts';

/** The calls of a key on one day in UTC. */
export interface CallDay {
  /** When the day begins. */
  at: string;
  valid: number;
  refused: number;
}

/** Of each key that is wanted, the last so many days in UTC, today included, oldest first. */
export async function findCallDays(
  database: Database,
  wanted: SQL | undefined,
  days: number,
): Promise<{ id: string; days: CallDay[] }[]> {
  // Days in UTC are 24 hours each, whatever the zone of the connection.
  const rows = await database.execute<{ id: string; days: CallDay[] }>(sql`
    with days as (
      select date_trunc('day', now(), 'UTC') - make_interval(hours => 24 * back) as at
      from generate_series(${days - 1}::int, 0, -1) as back
    ), counted as (
      select ${keys.id}, days.at,
        coalesce(sum(${keyUsage.count}) filter (where ${keyUsage.outcome} = 'VALID'), 0) as valid,
        coalesce(sum(${keyUsage.count}) filter (where ${keyUsage.outcome} <> 'VALID'), 0) as refused
      from ${keys} cross join days
        left join ${keyUsage} on ${keyUsage.keyId} = ${keys.id}
          and ${keyUsage.hour} >= days.at and ${keyUsage.hour} < days.at + interval '24 hours'
      where ${wanted ?? sql`true`} group by ${keys.id}, days.at
    )
    select id, json_agg(json_build_object(
      'at', to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'valid', valid, 'refused', refused) order by at) as days
    from counted group by id`);
  return rows.map((row) => ({ id: row.id, days: row.days }));
}
