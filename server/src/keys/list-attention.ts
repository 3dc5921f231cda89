import type { Key } from '@keyward/shared/keys';
import type { Refusal } from '@keyward/shared/outcomes';
import type { Permission } from '@keyward/shared/permissions';
import { eq, inArray, type SQL, sql } from 'drizzle-orm';
import { requirePermission } from '../authorize.ts';
import type { OrganizationContext } from '../context.ts';
import { keys } from '../database/schema/keys.ts';
import { keyUsage } from '../database/schema/usage.ts';
import { findNewestExposures, type NewestExposure } from './exposed/find-newest-exposures.ts';
import { findUnusedPermissions } from './find-unused-permissions.ts';
import { isLiving, isWanted, type KeyQuery } from './key-filters.ts';
import { readKeys } from './read-keys.ts';
import { weekBegan } from './refused-a-lot.ts';

/** What the console shows of a key that wants attention. */
export interface AttentionKey
  extends Pick<
    Key,
    'id' | 'name' | 'start' | 'last4' | 'kind' | 'status' | 'createdAt' | 'expiresAt'
  > {
  /** The member whose key it is; null on a bot key. */
  owner: string | null;
  lastUsedAt: string | null;
}

/** How many keys want it, and the five that want it most. */
export interface AttentionList<Evidence = unknown> {
  count: number;
  data: (AttentionKey & Evidence)[];
}

/** The calls of the last seven days, and the gate that refused most of them. */
export interface Refusals {
  calls: number;
  refused: number;
  gate: Refusal;
}

export interface Attention {
  /** How many keys are neither revoked nor expired. */
  keys: number;
  exposed: AttentionList<NewestExposure>;
  expiring: AttentionList;
  unused: AttentionList;
  neverUsed: AttentionList;
  refused: AttentionList<Refusals>;
  overPrivileged: AttentionList<{ unusedPermissions: Permission[] }>;
}

const most = 5;

type Want = Omit<KeyQuery, 'organizationId' | 'cursor'>;

/** The filters of the list of keys: what is counted here is what the list then shows. */
const wants = {
  exposed: { exposed: true },
  expiring: { status: 'active', expiringWithinDays: 14 },
  unused: { status: 'active', unusedForDays: 30 },
  neverUsed: { status: 'active', neverUsed: true, createdBeforeDays: 7 },
  overPrivileged: { status: 'active', overPrivileged: true },
} as const satisfies Record<string, Want>;

type Reason = keyof typeof wants;

/** Which keys come first. */
const orders: Record<Reason, SQL> = {
  // What opens the key already, before what an admin has to let go on.
  exposed: sql`(${keys.suspendedAt} is not null), ${keys.suspendedAt} desc`,
  expiring: sql`${keys.expiresAt}`,
  unused: sql`coalesce(${keys.lastUsedAt}, ${keys.createdAt})`,
  neverUsed: sql`${keys.createdAt}`,
  overPrivileged: sql`cardinality(${keys.permissions}) desc`,
};

/** Which keys an admin should look at, and why: active ones, and those that were found in the open. */
export async function listAttention(context: OrganizationContext): Promise<Attention> {
  requirePermission(context, 'apiKeys:read');
  requirePermission(context, 'usage:read');
  const [found, refused] = await Promise.all([findWanting(context), findRefused(context)]);
  const ids = [...Object.values(found).flatMap((one) => one.ids), ...refused.map(({ id }) => id)];
  const [shown, exposures, unusedPermissions] = await Promise.all([
    showKeys(context, ids),
    findNewestExposures(context.database, found.exposed.ids),
    findUnusedPermissions(context.database, found.overPrivileged.ids),
  ]);
  const list = ({ count, ids: listed }: Found): AttentionList => ({
    count,
    data: listed.flatMap((id) => shown.get(id) ?? []),
  });
  return {
    keys: found.all.count,
    exposed: {
      count: found.exposed.count,
      data: list(found.exposed).data.flatMap((key) => {
        const exposure = exposures.get(key.id);
        return exposure === undefined ? [] : [{ ...key, ...exposure }];
      }),
    },
    expiring: list(found.expiring),
    unused: list(found.unused),
    neverUsed: list(found.neverUsed),
    refused: {
      count: refused[0]?.count ?? 0,
      data: refused.flatMap(({ id, count: _count, ...refusals }) => {
        const key = shown.get(id);
        return key === undefined ? [] : [{ ...key, ...refusals }];
      }),
    },
    overPrivileged: {
      count: found.overPrivileged.count,
      data: list(found.overPrivileged).data.flatMap((key) => {
        // What is left was used since it was last judged.
        const unused = unusedPermissions.get(key.id) ?? [];
        return unused.length === 0 ? [] : [{ ...key, unusedPermissions: unused }];
      }),
    },
  };
}

interface Found {
  count: number;
  ids: string[];
}

/**
 * How many keys are wanted for each reason, and the first of them, in one statement. None is put in order but
 * those: what is counted over does not go through the sort.
 */
async function findWanting({ database, organizationId }: OrganizationContext) {
  const isOurs = eq(keys.organizationId, organizationId);
  const parts = Object.entries(wants).map(
    ([reason, want]) => sql`
      select ${reason}::text as reason, max(count)::int as count, array_agg(id) as ids
      from (select ${keys.id} as id, count(*) over () as count from ${keys}
        where ${isOurs} and ${isWanted(want)}
        order by ${orders[reason as Reason]}, ${keys.id} limit ${most}) as first`,
  );
  const all = sql`select 'all' as reason, count(*)::int as count, null::text[] as ids
    from ${keys} where ${isOurs} and ${isLiving}`;
  const rows = await database.execute<{ reason: string; count: number; ids: string[] | null }>(
    sql.join([...parts, all], sql` union all `),
  );
  const of = (reason: Reason | 'all'): Found => {
    const row = rows.find((one) => one.reason === reason);
    return { count: row?.count ?? 0, ids: row?.ids ?? [] };
  };
  return {
    all: of('all'),
    exposed: of('exposed'),
    expiring: of('expiring'),
    unused: of('unused'),
    neverUsed: of('neverUsed'),
    overPrivileged: of('overPrivileged'),
  };
}

/** Those whose calls were refused most, each with how many there are in all. */
async function findRefused({ database, organizationId }: OrganizationContext) {
  const rows = await database.execute<
    Refusals & { id: string; count: number } & Record<string, unknown>
  >(sql`
    with wanting as materialized (
      select ${keys.id} as id from ${keys}
      where ${eq(keys.organizationId, organizationId)}
        and ${isWanted({ status: 'active', refusedALot: true })}
    ), met as (
      select wanting.id, ${keyUsage.outcome} as outcome, sum(${keyUsage.count}) as calls
      from wanting join ${keyUsage} on ${keyUsage.keyId} = wanting.id
      where ${keyUsage.hour} >= ${weekBegan}
      group by wanting.id, ${keyUsage.outcome}
    )
    select id, sum(calls)::float8 as calls,
      (sum(calls) filter (where outcome <> 'VALID'))::float8 as refused,
      (array_agg(outcome order by calls desc, outcome) filter (where outcome <> 'VALID'))[1] as gate,
      (count(*) over ())::int as count
    from met group by id order by refused desc, id limit ${most}`);
  return [...rows];
}

async function showKeys(
  { database }: OrganizationContext,
  ids: readonly string[],
): Promise<Map<string, AttentionKey>> {
  if (ids.length === 0) {
    return new Map();
  }
  const found = await readKeys(database, inArray(keys.id, [...new Set(ids)]), ids.length);
  return new Map(
    found.map(({ id, name, start, last4, kind, status, createdAt, expiresAt, user, usage }) => [
      id,
      {
        ...{ id, name, start, last4, kind, status, createdAt, expiresAt },
        owner: user?.name ?? null,
        lastUsedAt: usage.lastUsedAt,
      },
    ]),
  );
}
