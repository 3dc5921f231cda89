import { builtInResources } from '@keyward/shared/permissions';
import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { keys } from '../database/schema/keys.ts';
import { services } from '../database/schema/services.ts';
import { keyPermissionDays } from '../database/schema/usage.ts';

/** Asked permission by permission, as an index answers it: a key may have months of days. */
const isUnused = (permission: SQL) => sql`not exists (select from ${keyPermissionDays}
  where ${keyPermissionDays.keyId} = ${keys.id} and ${keyPermissionDays.permission} = ${permission}
    and ${keyPermissionDays.day} > (now() at time zone 'UTC')::date - 30)`;

/** By service, what `contracts:*` grants: every action that it knows of `contracts`. Read once for all keys. */
const wildcards = sql`(
  select jsonb_object_agg(service, granted) from (
    select ${services.id} as service, jsonb_object_agg(resource.name || ':*', (
      select coalesce(jsonb_agg(resource.name || ':' || (action ->> 'name')), '[]')
      from jsonb_array_elements(resource.actions) as action)) as granted
    from ${services}, jsonb_to_recordset(
        ${services.profile} -> 'resources' || ${JSON.stringify(builtInResources)}::jsonb
      ) as resource(name text, actions jsonb)
    group by ${services.id}
  ) as by_service)`;

/** Whether a key did without what it holds as `held(permission)` for 30 days: of a whole resource, without one action. */
export const isHeldInVain: SQL = sql`(${isUnused(sql`held.permission`)}
  and (held.permission not like '%:*' or exists (
    select from jsonb_array_elements_text(${wildcards} -> ${keys.serviceId} -> held.permission)
      as action(permission)
    where ${isUnused(sql`action.permission`)})))`;

/** Whether a key with these permissions, an expression of its row, did without some of them for 30 days. */
export const holdsInVain = (permissions: SQLWrapper): SQL => sql`exists (
  select from unnest(${permissions}) as held(permission) where ${isHeldInVain})`;

/** Whether a key is in use, and old enough to have come to all that it needs. */
export const isJudged: SQL = sql`(${keys.lastUsedAt} >= now() - interval '30 days'
  and ${keys.createdAt} <= now() - interval '30 days')`;

/**
 * Whether a key was used in the last 30 days without exercising all that it holds. That is judged every
 * quarter of an hour and at each change of its permissions, and not here: it takes the days of each permission.
 */
export const isOverPrivileged: SQL = sql`(${keys.holdsInVain} and ${isJudged})`;
