import type { KeyStatus, SearchKeysInput } from '@keyward/shared/keys';
import { and, eq, type SQL, sql } from 'drizzle-orm';
import { keys } from '../database/schema/keys.ts';
import { isExposed } from './exposed/is-exposed.ts';
import { isOverPrivileged } from './over-privileged.ts';
import { isRefusedALot } from './refused-a-lot.ts';

/** What to list of one organization: its service by id, which the planner knows the frequency of. */
export interface KeyQuery extends Omit<SearchKeysInput, 'service' | 'limit' | 'ownerId'> {
  organizationId: string;
  serviceId?: string | undefined;
  /** The member whose keys alone are visible, or are asked for. */
  userId?: string | undefined;
}

const isOver = sql`${keys.expiresAt} <= now()`;
const isNotOver = sql`(${keys.expiresAt} is null or ${keys.expiresAt} > now())`;

/** The status of a key at the database's time as conditions, each of which an index can serve. */
const hasStatus: Record<KeyStatus, SQL> = {
  revoked: sql`${keys.revokedAt} is not null`,
  expired: sql`(${keys.revokedAt} is null and ${isOver})`,
  suspended: sql`(${keys.revokedAt} is null and ${isNotOver} and ${keys.suspendedAt} is not null)`,
  active: sql`(${keys.revokedAt} is null and ${isNotOver} and ${keys.suspendedAt} is null)`,
};

/** Neither revoked nor expired. */
export const isLiving = sql`(${keys.revokedAt} is null and ${isNotOver})`;

/** What is asked for of a key of the organization, but for the page and the text that is searched. */
export function isWanted(query: Omit<KeyQuery, 'organizationId'>): SQL {
  const { status, unusedForDays, expiringWithinDays, createdBeforeDays } = query;
  const wanted = and(
    status && hasStatus[status],
    isEqual(keys.userId, query.userId),
    isEqual(keys.serviceId, query.serviceId),
    isEqual(keys.kind, query.kind),
    isEqual(keys.environment, query.environment),
    isEqual(keys.externalId, query.externalId),
    unusedForDays === undefined
      ? undefined
      : sql`coalesce(${keys.lastUsedAt}, ${keys.createdAt}) < now() - make_interval(days => ${unusedForDays})`,
    expiringWithinDays === undefined ? undefined : isExpiringWithin(expiringWithinDays),
    createdBeforeDays === undefined
      ? undefined
      : sql`${keys.createdAt} < now() - make_interval(days => ${createdBeforeDays})`,
    query.neverUsed && sql`${keys.lastUsedAt} is null`,
    query.overPrivileged && isOverPrivileged,
    query.refusedALot && isRefusedALot,
    query.exposed && sql`(${isLiving} and ${isExposed})`,
  );
  return wanted ?? sql`true`;
}

const isExpiringWithin = (days: number) => sql`(${keys.revokedAt} is null
  and ${keys.expiresAt} > now() and ${keys.expiresAt} <= now() + make_interval(days => ${days}))`;

const isEqual = (column: Parameters<typeof eq>[0], value: string | undefined) =>
  value === undefined ? undefined : eq(column, value);
