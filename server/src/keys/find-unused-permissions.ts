import type { Permission } from '@keyward/shared/permissions';
import { inArray, sql } from 'drizzle-orm';
import type { Database } from '../database/connect-database.ts';
import { keys } from '../database/schema/keys.ts';
import { isHeldInVain } from './over-privileged.ts';

/** By the id of each of these keys that holds any, the permissions that it did without for 30 days. */
export async function findUnusedPermissions(
  database: Database,
  ids: readonly string[],
): Promise<Map<string, Permission[]>> {
  if (ids.length === 0) {
    return new Map();
  }
  const rows = await database.execute<{ id: string; permissions: Permission[] }>(sql`
    select ${keys.id} as id, array_agg(held.permission order by held.place) as permissions
    from ${keys}, unnest(${keys.permissions}) with ordinality as held(permission, place)
    where ${inArray(keys.id, [...ids])} and ${isHeldInVain}
    group by ${keys.id}`);
  return new Map(rows.map(({ id, permissions }) => [id, permissions]));
}
