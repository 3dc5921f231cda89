import { DomainError } from '@keyward/shared/errors';
import type { KeyActivityInput } from '@keyward/shared/usage';
import { and, inArray, sql } from 'drizzle-orm';
import { holdsPermission } from '../authorize.ts';
import type { OrganizationContext } from '../context.ts';
import { keys } from '../database/schema/keys.ts';
import { keyUsage } from '../database/schema/usage.ts';
import { visibleKeys } from './read-keys.ts';

/** The calls of a key on one day in UTC. */
export interface ActivityDay {
  /** When the day begins. */
  at: string;
  valid: number;
  refused: number;
}

export interface KeyActivity {
  id: string;
  /** The last seven, today included, oldest first. */
  days: ActivityDay[];
}

/** What keys did in the last seven days. One that the actor may not see is left out, as one that is not. */
export async function getKeyActivity(
  context: OrganizationContext,
  { ids }: KeyActivityInput,
): Promise<KeyActivity[]> {
  if (context.actor.type === 'key' && !holdsPermission(context, 'usage:read')) {
    throw new DomainError(
      'insufficient_permissions',
      'This call needs usage:read: use a key that holds it, or ask an admin to grant it.',
    );
  }
  const wanted = and(visibleKeys(context), inArray(keys.id, ids));
  // Days in UTC are 24 hours each, whatever the zone of the connection.
  const rows = await context.database.execute<KeyActivity & Record<string, unknown>>(sql`
    with days as (
      select date_trunc('day', now(), 'UTC') - make_interval(hours => 24 * back) as at
      from generate_series(6, 0, -1) as back
    ), counted as (
      select ${keys.id}, days.at,
        coalesce(sum(${keyUsage.count}) filter (where ${keyUsage.outcome} = 'VALID'), 0) as valid,
        coalesce(sum(${keyUsage.count}) filter (where ${keyUsage.outcome} <> 'VALID'), 0) as refused
      from ${keys} cross join days
        left join ${keyUsage} on ${keyUsage.keyId} = ${keys.id}
          and ${keyUsage.hour} >= days.at and ${keyUsage.hour} < days.at + interval '24 hours'
      where ${wanted} group by ${keys.id}, days.at
    )
    select id, json_agg(json_build_object(
      'at', to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'valid', valid, 'refused', refused) order by at) as days
    from counted group by id`);
  return rows.map(({ id, days }) => ({ id, days }));
}
