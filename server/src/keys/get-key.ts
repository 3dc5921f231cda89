import { DomainError } from '@keyward/shared/errors';
import { isId } from '@keyward/shared/ids';
import type { Key } from '@keyward/shared/keys';
import { and, eq, sql } from 'drizzle-orm';
import type { OrganizationContext } from '../context.ts';
import { keys } from '../database/schema/keys.ts';
import { readKeys, visibleKeys } from './read-keys.ts';

/** One key. Another organization's is as unknown as one that does not exist. */
export async function getKey(context: OrganizationContext, keyId: string): Promise<Key> {
  const visible = visibleKeys(context);
  const where = and(visible, eq(keys.id, keyId)) ?? sql`false`;
  const [key] = isId('key', keyId) ? await readKeys(context.database, where, 1) : [];
  if (key === undefined) {
    throw keyNotFound();
  }
  return key;
}

export function keyNotFound(): DomainError {
  return new DomainError(
    'not_found',
    'There is no such key in this organization: list the keys to see all.',
  );
}
