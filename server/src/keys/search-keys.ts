import type { Key } from '@keyward/shared/keys';
import { inArray, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../database/connect-database.ts';
import { keys } from '../database/schema/keys.ts';
import { isWanted, type KeyQuery } from './key-filters.ts';
import { isBefore, organizationPath } from './list-paths.ts';
import { readKeys } from './read-keys.ts';
import { contains, hasTrigram, idsContaining } from './search-text.ts';

/** So many of the newest keys are looked at one by one: what is common is among them. */
const nearest = 500;
/** And so many where an index would find very many: below, one match in a hundred fills a page. */
const near = 5000;
/** So many matches are sorted rather than looked for among the newest. */
const few = 2000;

/**
 * Keys for which no index has both the filter and the order, newest first. Each step but the last is
 * bounded by its own number of keys; the last one by how many match, or by the organization's keys where
 * no index finds them (a text without a trigram, or how long a key is unused).
 */
export async function searchKeys(
  database: Database,
  query: KeyQuery,
  limit: number,
): Promise<Key[]> {
  if (query.userId !== undefined) {
    // A member's own keys are few, and have an index.
    return readThose(database, await findNewest(database, query, limit));
  }
  const common = await readNewest(database, query, nearest, limit);
  if (common.length === limit) {
    return common;
  }
  if (query.q !== undefined && hasTrigram(query.q)) {
    const ids = await findSome(database, query);
    if (ids.length < few) {
      return readThose(database, newestOf(ids, limit));
    }
  }
  const found = await readNewest(database, query, near, limit);
  if (found.length === limit || !(await hasMore(database, query, near))) {
    return found;
  }
  return readThose(database, await findNewest(database, query, limit));
}

/** Those of the so many newest keys that match. */
function readNewest(database: Database, query: KeyQuery, among: number, limit: number) {
  const downTo = sql`coalesce((${idAfter(query, among)}), '')`;
  const { where, orderBy } = organizationPath(query, downTo);
  const isFound = query.q === undefined ? sql`true` : contains(query.q);
  return readKeys(database, sql`${where} and ${isWanted(query)} and ${isFound}`, limit, orderBy);
}

async function hasMore(database: Database, query: KeyQuery, than: number): Promise<boolean> {
  return (await database.execute(idAfter(query, than))).length > 0;
}

function idAfter(query: KeyQuery, count: number): SQL {
  const { where, orderBy } = organizationPath(query);
  return sql`select ${keys.id} from ${keys} where ${where} order by ${orderBy} offset ${count} limit 1`;
}

async function findSome(database: Database, query: KeyQuery): Promise<string[]> {
  return idsOf(await database.execute(sql`${matches(query)} select id from matches limit ${few}`));
}

async function findNewest(database: Database, query: KeyQuery, limit: number): Promise<string[]> {
  return idsOf(
    await database.execute(
      sql`${matches(query)} select distinct id from matches order by id desc limit ${limit}`,
    ),
  );
}

/** Materialized, so that no limit tempts the planner to walk all keys in the order of the list. */
function matches(query: KeyQuery): SQL {
  const wanted = sql`${isBefore(query)} and ${isWanted(query)}`;
  const ids =
    query.q === undefined
      ? sql`select ${keys.id} from ${keys} where ${wanted}`
      : idsContaining(query.q, wanted);
  return sql`with matches as materialized (${ids})`;
}

const idsOf = (rows: Iterable<Record<string, unknown>>) => [...rows].map(({ id }) => String(id));

const newestOf = (ids: string[], limit: number) =>
  [...new Set(ids)].sort().reverse().slice(0, limit);

async function readThose(database: Database, ids: string[]): Promise<Key[]> {
  return ids.length === 0 ? [] : readKeys(database, inArray(keys.id, ids), ids.length);
}
