import { invalidField } from '@keyward/shared/errors';
import { isId } from '@keyward/shared/ids';
import type { Key, SearchKeysInput } from '@keyward/shared/keys';
import { eq } from 'drizzle-orm';
import { requireSeesUsage } from '../authorize.ts';
import type { OrganizationContext } from '../context.ts';
import type { Database } from '../database/connect-database.ts';
import { services } from '../database/schema/services.ts';
import type { KeyQuery } from './key-filters.ts';
import { findPath } from './list-paths.ts';
import { readKeys, visibleUser } from './read-keys.ts';
import { searchKeys } from './search-keys.ts';

export interface KeyPage {
  data: Key[];
  /** What to send as `cursor` for the next page; null on the last one. */
  nextCursor: string | null;
}

/** The keys that the actor may see, newest first, by key set: each page is as fast as the first. */
export async function listKeys(
  context: OrganizationContext,
  { limit, service, ownerId, ...input }: SearchKeysInput,
): Promise<KeyPage> {
  if (input.cursor !== undefined && !isId('key', input.cursor)) {
    throw invalidField('cursor', 'Send the nextCursor of the page before, unchanged.');
  }
  // What picks keys by their calls tells of the calls.
  if (input.overPrivileged || input.refusedALot) {
    requireSeesUsage(context);
  }
  const { database, organizationId } = context;
  const visible = visibleUser(context);
  const userId = visible ?? ownerId;
  const serviceId = service === undefined ? undefined : await findService(database, service);
  if (serviceId === null || (ownerId ?? userId) !== userId) {
    return { data: [], nextCursor: null };
  }
  // One more than asked for tells whether there is a next page.
  const query = { ...input, organizationId, userId, serviceId };
  const found = await findKeys(database, query, limit + 1);
  const data = found.slice(0, limit);
  return { data, nextCursor: found.length > limit ? (data.at(-1)?.id ?? null) : null };
}

function findKeys(database: Database, query: KeyQuery, limit: number): Promise<Key[]> {
  const path = findPath(query);
  if (path === undefined) {
    return searchKeys(database, query, limit);
  }
  return readKeys(database, path.where, limit, path.orderBy);
}

async function findService(database: Database, slug: string): Promise<string | null> {
  const [service] = await database
    .select({ id: services.id })
    .from(services)
    .where(eq(services.slug, slug))
    .prepare('find_service')
    .execute();
  return service?.id ?? null;
}
