import { sql } from 'drizzle-orm';
import type { ActorContext } from '../../context.ts';
import { isoTime, isUntold, listeners, mostFindings, tellOnce } from './tell-once.ts';

const id = sql`keys.id`;
const expiry = isoTime(sql`keys.expires_at`);

/** What began to be true so long ago is told no more: nobody wants a flood of old news. */
const newsHours = 24;

/** Tells of keys whose time comes or has come. A duty of Keyward's own. */
export async function tellOfTime(context: ActorContext): Promise<void> {
  await tellOfExpiring(context);
  await tellOfExpired(context);
  await tellOfRetired(context);
}

/**
 * 14 days, 3 days and 1 day before a key expires: what is nearest, once. A key that was made for a shorter
 * time than that is not told of on the day it is made.
 */
function tellOfExpiring(context: ActorContext): Promise<number> {
  const occasion = sql`near.days || ' days before ' || ${expiry}`;
  return tellOnce(
    context,
    'key.expiring',
    sql`
      select keys.id as "keyId", keys.organization_id as "organizationId", ${occasion} as occasion,
        jsonb_build_object('days', near.days, 'expiresAt', ${expiry}) as data
      from ${listeners('key.expiring')} listener
        join keys using (organization_id)
        cross join lateral (
          select min(days) as days from (values (1), (3), (14)) as notice (days)
          where keys.expires_at <= now() + make_interval(days => notice.days)
        ) near
      where keys.revoked_at is null and keys.expires_at > now()
        and keys.expires_at <= now() + interval '14 days'
        and keys.created_at <= keys.expires_at - make_interval(days => near.days)
        and ${isUntold(id, 'key.expiring', occasion)}
      limit ${mostFindings}`,
  );
}

function tellOfExpired(context: ActorContext): Promise<number> {
  return tellOnce(
    context,
    'key.expired',
    sql`
      select keys.id as "keyId", keys.organization_id as "organizationId", ${expiry} as occasion,
        jsonb_build_object('expiresAt', ${expiry}) as data
      from ${listeners('key.expired')} listener
        join keys using (organization_id)
      where keys.revoked_at is null and keys.expires_at <= now()
        and keys.expires_at > now() - make_interval(hours => ${newsHours})
        and keys.expires_at > listener.since
        and ${isUntold(id, 'key.expired', expiry)}
      limit ${mostFindings}`,
  );
}

/** A rotation whose grace is over has ended, though nobody ended it. */
function tellOfRetired(context: ActorContext): Promise<number> {
  const occasion = sql`secrets.id`;
  return tellOnce(
    context,
    'key.rotation_finished',
    sql`
      select keys.id as "keyId", keys.organization_id as "organizationId", ${occasion} as occasion,
        jsonb_build_object('retired', secrets.last4, 'because', 'the grace period is over') as data
      from key_secrets secrets
        join keys on keys.id = secrets.key_id
        join ${listeners('key.rotation_finished')} listener using (organization_id)
      where keys.revoked_at is null and secrets.retired_at is null and secrets.retires_at <= now()
        and secrets.retires_at > now() - make_interval(hours => ${newsHours})
        and secrets.retires_at > listener.since
        and ${isUntold(id, 'key.rotation_finished', occasion)}
      limit ${mostFindings}`,
  );
}
