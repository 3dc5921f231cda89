import { manyRefusals } from '@keyward/shared/key-health';
import { type SQL, sql } from 'drizzle-orm';
import { keys } from '../database/schema/keys.ts';
import { keyUsage } from '../database/schema/usage.ts';

/** When the last seven days in UTC began, today included. */
export const weekBegan = sql`(date_trunc('day', now(), 'UTC') - interval '144 hours')`;

const { calls, share } = manyRefusals;

// Keys that were refused at all are few, and an index finds them: the calls of the others are not summed.
const isRefusedAtAll = sql`exists (select from ${keyUsage}
  where ${keyUsage.keyId} = ${keys.id} and ${keyUsage.hour} >= ${weekBegan} and ${keyUsage.outcome} <> 'VALID')`;

/** Whether a large share of a key's calls was refused in the last seven days. */
export const isRefusedALot: SQL = sql`(${isRefusedAtAll} and (
  select coalesce(sum(${keyUsage.count}), 0) >= ${sql.raw(String(calls))}
    and sum(${keyUsage.count}) filter (where ${keyUsage.outcome} <> 'VALID')
      > ${sql.raw(String(share))} * sum(${keyUsage.count})
  from ${keyUsage} where ${keyUsage.keyId} = ${keys.id} and ${keyUsage.hour} >= ${weekBegan}))`;
