import { invalidField } from '@keyward/shared/errors';
import { isId } from '@keyward/shared/ids';
import type { Key, ListKeysInput } from '@keyward/shared/keys';
import { and, eq, lt, type SQL, sql } from 'drizzle-orm';
import type { OrganizationContext } from '../context.ts';
import { keys } from '../database/schema/keys.ts';
import { services } from '../database/schema/services.ts';
import { hasStatus, readKeys, visibleKeys } from './read-keys.ts';

export interface KeyPage {
  data: Key[];
  /** What to send as `cursor` for the next page; null on the last one. */
  nextCursor: string | null;
}

/** The keys that the actor may see, newest first, by key set: each page is as fast as the first. */
export async function listKeys(
  context: OrganizationContext,
  input: ListKeysInput,
): Promise<KeyPage> {
  if (input.cursor !== undefined && !isId('key', input.cursor)) {
    throw invalidField('cursor', 'Send the nextCursor of the page before, unchanged.');
  }
  const where = and(visibleKeys(context), ...filters(input)) ?? sql`false`;
  // One more than asked for tells whether there is a next page.
  const found = await findKeys(context, where, input, input.limit + 1);
  const data = found.slice(0, input.limit);
  return {
    data,
    nextCursor: found.length > input.limit ? (data.at(-1)?.id ?? null) : null,
  };
}

function filters(input: ListKeysInput): SQL[] {
  const wanted: SQL[] = [];
  if (input.cursor !== undefined) {
    wanted.push(lt(keys.id, input.cursor));
  }
  if (input.status !== undefined) {
    wanted.push(hasStatus[input.status]);
  }
  if (input.kind !== undefined) {
    wanted.push(eq(keys.kind, input.kind));
  }
  if (input.service !== undefined) {
    wanted.push(
      sql`${keys.serviceId} = (select ${services.id} from ${services} where ${services.slug} = ${input.service})`,
    );
  }
  if (input.environment !== undefined) {
    wanted.push(eq(keys.environment, input.environment));
  }
  if (input.externalId !== undefined) {
    wanted.push(eq(keys.externalId, input.externalId));
  }
  if (input.unusedForDays !== undefined) {
    wanted.push(
      sql`coalesce(${keys.lastUsedAt}, ${keys.createdAt}) < now() - make_interval(days => ${input.unusedForDays})`,
    );
  }
  return wanted;
}

/** So many of the newest keys are searched one by one before an index is asked. */
const newestSearched = 5000;

/** What is common is soon found among the newest keys; what is not there is rare enough to be looked up. */
async function findKeys(
  { database, organizationId }: OrganizationContext,
  where: SQL,
  { q, cursor }: ListKeysInput,
  limit: number,
): Promise<Key[]> {
  if (q === undefined) {
    return readKeys(database, where, limit);
  }
  const inOrganization = sql`organization_id = ${organizationId}`;
  const before = cursor === undefined ? sql`true` : sql`id < ${cursor}`;
  const isNew = sql`${keys.id} >= coalesce((
    select id from keys where ${inOrganization} and ${before}
    order by id desc offset ${newestSearched} limit 1), '')`;
  const found = await readKeys(database, and(where, isNew, contains(q)) ?? where, limit);
  return found.length === limit
    ? found
    : readKeys(database, and(where, isAmongMatches(q, inOrganization)) ?? where, limit);
}

const patternOf = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

function isAmongMatches(text: string, inOrganization: SQL): SQL {
  const pattern = patternOf(text);
  return sql`${keys.id} in (
    select id from keys where ${inOrganization} and name ilike ${pattern}
    union select id from keys where ${inOrganization} and external_id ilike ${pattern}
    union select key_id from key_secrets where retired_at is null and last4 = ${text})`;
}

function contains(text: string): SQL {
  const pattern = patternOf(text);
  return sql`(${keys.name} ilike ${pattern} or ${keys.externalId} ilike ${pattern} or exists (
    select from key_secrets where key_id = ${keys.id} and retired_at is null and last4 = ${text}))`;
}
