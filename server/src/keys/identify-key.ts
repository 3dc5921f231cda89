import type { Key } from '@keyward/shared/keys';
import { and, eq, inArray } from 'drizzle-orm';
import { requirePermission } from '../authorize.ts';
import type { OrganizationContext } from '../context.ts';
import { keySecrets, keys } from '../database/schema/keys.ts';
import { hashSecret } from '../verification/parse-secret.ts';
import { keyNotFound } from './get-key.ts';
import { readKeys } from './read-keys.ts';

/** The key of the organization that this secret is, or was before it retired. */
export async function identifyKey(
  context: OrganizationContext,
  plaintextSecret: string,
): Promise<Key> {
  requirePermission(context, 'apiKeys:read');
  const { database, organizationId } = context;
  const holders = database
    .select({ keyId: keySecrets.keyId })
    .from(keySecrets)
    .where(eq(keySecrets.secretHash, hashSecret(plaintextSecret)));
  const where = and(eq(keys.organizationId, organizationId), inArray(keys.id, holders));
  const [key] = where === undefined ? [] : await readKeys(database, where, 1);
  if (key === undefined) {
    throw keyNotFound();
  }
  return key;
}
