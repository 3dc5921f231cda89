import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { haltedAs, isHalted, keys } from '../database/schema/keys.ts';
import { isWanted, type KeyQuery } from './key-filters.ts';

/** An index that holds what a query asks for in the order of the list. */
export interface ListPath {
  where: SQL;
  orderBy: SQL;
}

/** Above every id in any collation, so that what follows it is the first page. */
const beforeFirst = `key_${'z'.repeat(26)}`;

/**
 * The keys of an organization in the order of the list, down to an id. Paths are ranges in place of `= value order by id`:
 * no other index than theirs has such an order, so the planner cannot take that of all ids and walk a
 * million keys in search of a rare value.
 */
export function organizationPath(
  { organizationId, cursor = beforeFirst }: KeyQuery,
  downTo: SQL = sql`''`,
): ListPath {
  return {
    where: sql`(${keys.organizationId}, ${keys.id}) >= (${organizationId}, ${downTo})
      and (${keys.organizationId}, ${keys.id}) < (${organizationId}, ${cursor})`,
    orderBy: sql`${keys.organizationId} desc, ${keys.id} desc`,
  };
}

/** The keys before the page, with no order. */
export const isBefore = ({ organizationId, cursor = beforeFirst }: KeyQuery): SQL =>
  sql`${keys.organizationId} = ${organizationId} and ${keys.id} < ${cursor}`;

/**
 * The index that answers a query of this shape by itself; undefined if there is none. The keys of one
 * external id are few whatever else is asked, so its index serves that too.
 */
export function findPath(query: KeyQuery): ListPath | undefined {
  const { organizationId: _organization, cursor: _cursor, ...asked } = query;
  const { kind, environment, serviceId, status, externalId } = asked;
  const count = Object.values(asked).filter((value) => value !== undefined).length;
  if (count === 0) {
    return organizationPath(query);
  }
  if (externalId !== undefined && query.userId === undefined && query.q === undefined) {
    const path = along(query, keys.externalId, externalId);
    return {
      ...path,
      where: sql`${path.where} and ${isWanted({ ...asked, externalId: undefined })}`,
    };
  }
  if (count > 1) {
    return undefined;
  }
  if (kind !== undefined) {
    return along(query, keys.kind, kind);
  }
  if (environment !== undefined) {
    return along(query, keys.environment, environment);
  }
  if (serviceId !== undefined) {
    return along(query, keys.serviceId, serviceId);
  }
  if (status === 'revoked' || status === 'suspended') {
    const path = along(query, haltedAs(keys), status);
    return { ...path, where: sql`${path.where} and ${isHalted(keys)} and ${isWanted({ status })}` };
  }
  return undefined;
}

function along(query: KeyQuery, column: SQLWrapper, value: string): ListPath {
  const { organizationId, cursor = beforeFirst } = query;
  return {
    where: sql`${keys.organizationId} = ${organizationId} and ${column} >= ${value}
      and (${column}, ${keys.id}) < (${value}, ${cursor})`,
    orderBy: sql`${column} desc, ${keys.id} desc`,
  };
}
