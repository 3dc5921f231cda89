import { builtInResources } from '@keyward/shared/permissions';
import { type SQL, sql } from 'drizzle-orm';
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

/**
 * Whether a key was used in the last 30 days without exercising all that it holds. One that is younger
 * may come to it yet.
 */
export const isOverPrivileged: SQL = sql`(
  ${keys.lastUsedAt} >= now() - interval '30 days'
  and ${keys.createdAt} <= now() - interval '30 days'
  and exists (
    select from unnest(${keys.permissions}) as held(permission) where ${isHeldInVain}))`;
