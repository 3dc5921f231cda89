import { sql } from 'drizzle-orm';
import type { ActorContext } from '../../context.ts';
import { isoTime, isUntold, listeners, mostFindings, tellOnce } from './tell-once.ts';

/** Without a use for so long, a key is worth a look. */
const unusedDays = 30;
/** What is unused for much longer was told of when it was news. */
const newsDays = 7;

/** Tells of keys that fell out of use. A duty of Keyward's own. */
export async function tellOfUnused(context: ActorContext): Promise<number> {
  const since = sql`greatest(keys.created_at, keys.last_used_at)`;
  const occasion = isoTime(since);
  return tellOnce(
    context,
    'key.unused',
    sql`
      select keys.id as "keyId", keys.organization_id as "organizationId", ${occasion} as occasion,
        jsonb_build_object('days', ${unusedDays}::int,
          'lastUsedAt', ${isoTime(sql`keys.last_used_at`)}) as data
      from ${listeners('key.unused')} listener
        join keys using (organization_id)
      where keys.revoked_at is null and keys.suspended_at is null
        and (keys.expires_at is null or keys.expires_at > now())
        and ${since} <= now() - make_interval(days => ${unusedDays})
        and ${since} > now() - make_interval(days => ${unusedDays + newsDays})
        and ${isUntold(sql`keys.id`, 'key.unused', occasion)}
      limit ${mostFindings}`,
  );
}
