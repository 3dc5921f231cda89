import type { Permission } from '@keyward/shared/permissions';
import { inArray, sql } from 'drizzle-orm';
import type { Database } from '../database/connect-database.ts';
import { keys } from '../database/schema/keys.ts';
import { keyAddresses, keyPermissionDays } from '../database/schema/usage.ts';
import { type CallDay, findCallDays } from './find-call-days.ts';
import { findUnusedPermissions } from './find-unused-permissions.ts';

/** What a key has done, for whoever decides whether it is needed. */
export interface ReviewEvidence {
  /** The last 30 days in UTC, oldest first. */
  days: CallDay[];
  /** What it exercised, each with the last day on which it did, as `2026-11-20` in UTC. */
  uses: { permission: Permission; lastUsedOn: string }[];
  /** What it holds and did without for 30 days. */
  unusedPermissions: Permission[];
  /** The newest addresses that it was used from, where they are known. */
  addresses: { address: string; lastSeenAt: string }[];
}

const addressesShown = 5;

/** The evidence on some keys, in one statement for each kind, and what it says of one of them. */
export async function findEvidence(
  database: Database,
  ids: readonly string[],
): Promise<(keyId: string) => ReviewEvidence> {
  const [days, uses, unused, addresses] = await Promise.all([
    findCallDays(database, inArray(keys.id, [...ids]), 30),
    findUses(database, ids),
    findUnusedPermissions(database, ids),
    findAddresses(database, ids),
  ]);
  return (keyId) => ({
    days: days.find(({ id }) => id === keyId)?.days ?? [],
    uses: uses.get(keyId) ?? [],
    unusedPermissions: unused.get(keyId) ?? [],
    addresses: addresses.get(keyId) ?? [],
  });
}

async function findUses(database: Database, ids: readonly string[]) {
  const rows = await database.execute<{ id: string; uses: ReviewEvidence['uses'] }>(sql`
    select id, json_agg(json_build_object('permission', permission, 'lastUsedOn', day)
      order by permission) as uses
    from (select ${keyPermissionDays.keyId} as id, ${keyPermissionDays.permission} as permission,
        max(${keyPermissionDays.day}) as day
      from ${keyPermissionDays} where ${inArray(keyPermissionDays.keyId, [...ids])}
      group by 1, 2) as last_uses
    group by id`);
  return new Map(rows.map(({ id, uses }) => [id, uses]));
}

async function findAddresses(database: Database, ids: readonly string[]) {
  const rows = await database.execute<{ id: string; seen: ReviewEvidence['addresses'] }>(sql`
    select ${keys.id} as id, json_agg(json_build_object('address', newest.address, 'lastSeenAt',
      to_char(newest.last_seen_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
      order by newest.last_seen_at desc) as seen
    from ${keys}, lateral (
      select address, last_seen_at from ${keyAddresses}
      where ${keyAddresses.keyId} = ${keys.id} and ${keyAddresses.validCount} > 0
      order by ${keyAddresses.lastSeenAt} desc limit ${addressesShown}) as newest
    where ${inArray(keys.id, [...ids])} group by ${keys.id}`);
  return new Map(rows.map(({ id, seen }) => [id, seen]));
}
