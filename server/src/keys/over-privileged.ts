import { builtInResources } from '@keyward/shared/permissions';
import { type SQL, sql } from 'drizzle-orm';
import { keys } from '../database/schema/keys.ts';
import { services } from '../database/schema/services.ts';
import { keyPermissionDays } from '../database/schema/usage.ts';

const builtInActions = JSON.stringify(
  builtInResources.map(({ name, actions }) => ({
    name,
    actions: actions.map((action) => ({ name: action.name })),
  })),
);

/** What a key exercised in the last 30 days. */
const exercised = sql`array(select ${keyPermissionDays.permission} from ${keyPermissionDays}
  where ${keyPermissionDays.keyId} = ${keys.id}
    and ${keyPermissionDays.day} > (now() at time zone 'UTC')::date - 30)`;

/** The permissions that a key holds, `contracts:*` as every action that its service knows of `contracts`. */
const held = sql`array(
  select granted from unnest(${keys.permissions}) as granted where granted not like '%:*'
  union all
  select resource.name || ':' || (action ->> 'name')
  from ${services}, jsonb_to_recordset(${services.profile} -> 'resources' || ${builtInActions}::jsonb)
      as resource(name text, actions jsonb), jsonb_array_elements(resource.actions) as action
  where ${services.id} = ${keys.serviceId} and resource.name || ':*' = any(${keys.permissions})
    and not resource.name || ':*' = any(${exercised}))`;

const holdsWildcard = sql`(array_to_string(${keys.permissions}, ' ') || ' ') like '%:* %'`;

/**
 * Whether a key was used in the last 30 days without exercising all that it holds. One made since then
 * may come to it yet. In a `case`, so that the cheap questions are asked first and wildcards are
 * written out for those alone that hold one.
 */
export const isOverPrivileged: SQL = sql`(case
  when ${keys.lastUsedAt} is null or ${keys.lastUsedAt} < now() - interval '30 days'
    or ${keys.createdAt} > now() - interval '30 days' then false
  when ${holdsWildcard} then not ${held} <@ ${exercised}
  else not ${keys.permissions} <@ ${exercised} end)`;
