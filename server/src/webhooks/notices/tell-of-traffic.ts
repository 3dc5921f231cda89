import { sql } from 'drizzle-orm';
import type { ActorContext } from '../../context.ts';
import { isoTime, isUntold, listeners, mostFindings, tellOnce } from './tell-once.ts';

const id = sql`keys.id`;
const hour = isoTime(sql`key_usage.hour`);

/** This hour and the one before, whose last counts may have come late. */
const isRecent = sql`key_usage.hour >= date_trunc('hour', now()) - interval '1 hour'
  and key_usage.hour >= date_trunc('hour', listener.since)`;

/** Tells of what the counts show: a first use, a reached limit, a refusal. A duty of Keyward's own. */
export async function tellOfTraffic(context: ActorContext): Promise<void> {
  await tellOfFirstUse(context);
  await tellOfLimits(context);
  await tellOfRefusals(context);
}

function tellOfFirstUse(context: ActorContext): Promise<number> {
  const at = isoTime(sql`secrets.first_used_at`);
  return tellOnce(
    context,
    'key.first_used',
    sql`
      select keys.id as "keyId", keys.organization_id as "organizationId", 'first' as occasion,
        jsonb_build_object('at', ${at}, 'address', keys.last_used_ip) as data
      from key_secrets secrets
        join keys on keys.id = secrets.key_id
        join ${listeners('key.first_used')} listener using (organization_id)
      where secrets.first_used_at > now() - interval '1 day'
        and secrets.first_used_at >= listener.since
        and not exists (select from key_secrets other where other.key_id = keys.id
          and other.first_used_at is not null and other.id < secrets.id)
        and ${isUntold(id, 'key.first_used', sql`'first'`)}
      limit ${mostFindings}`,
  );
}

/** At most once an hour for each key. */
function tellOfLimits(context: ActorContext): Promise<number> {
  return tellOnce(
    context,
    'key.rate_limited',
    sql`
      select keys.id as "keyId", keys.organization_id as "organizationId", ${hour} as occasion,
        jsonb_build_object('hour', ${hour}, 'refused', key_usage.count) as data
      from key_usage
        join keys on keys.id = key_usage.key_id
        join ${listeners('key.rate_limited')} listener using (organization_id)
      where key_usage.outcome <> 'VALID' and key_usage.outcome = 'RATE_LIMITED' and ${isRecent}
        and not exists (select from webhook_notices told where told.key_id = keys.id
          and told.type = 'key.rate_limited'
          and (told.occasion = ${hour} or told.at > now() - interval '1 hour'))
        -- Both hours at once would be two messages.
        and not exists (select from key_usage later where later.key_id = key_usage.key_id
          and later.outcome = 'RATE_LIMITED' and later.hour > key_usage.hour)
      limit ${mostFindings}`,
  );
}

/** A refusal is unusual when the key has not met its like for a day. */
function tellOfRefusals(context: ActorContext): Promise<number> {
  const occasion = sql`key_usage.outcome || ' ' || ${hour}`;
  return tellOnce(
    context,
    'key.refused',
    sql`
      select keys.id as "keyId", keys.organization_id as "organizationId", ${occasion} as occasion,
        jsonb_build_object('outcome', key_usage.outcome, 'hour', ${hour}, 'refused', key_usage.count)
          as data
      from key_usage
        join keys on keys.id = key_usage.key_id
        join ${listeners('key.refused')} listener using (organization_id)
      where key_usage.outcome <> 'VALID' and key_usage.outcome <> 'RATE_LIMITED' and ${isRecent}
        and not exists (select from key_usage earlier where earlier.key_id = key_usage.key_id
          and earlier.outcome = key_usage.outcome and earlier.hour < key_usage.hour
          and earlier.hour >= key_usage.hour - interval '1 day')
        and ${isUntold(id, 'key.refused', occasion)}
      limit ${mostFindings}`,
  );
}
