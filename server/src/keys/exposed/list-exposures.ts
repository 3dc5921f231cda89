import type { KeyExposure, KeyExposuresInput } from '@keyward/shared/exposures';
import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import type { OrganizationContext } from '../../context.ts';
import { keyExposures } from '../../database/schema/exposures.ts';
import { keySecrets, keys } from '../../database/schema/keys.ts';
import { isLive } from '../live-secrets.ts';
import { visibleKeys } from '../read-keys.ts';

/** Where secrets of these keys were found in the open, newest first. Keys that the actor may not see have none. */
export async function listExposures(
  context: OrganizationContext,
  { ids }: KeyExposuresInput,
): Promise<KeyExposure[]> {
  const { id, keyId, at, reporter, url, source } = keyExposures;
  const rows = await context.database
    .select({
      ...{ id, keyId, at, reporter, url, source },
      last4: keySecrets.last4,
      isLive: sql<boolean>`${isLive}`,
    })
    .from(keyExposures)
    .innerJoin(keys, eq(keys.id, keyExposures.keyId))
    .innerJoin(keySecrets, eq(keySecrets.id, keyExposures.secretId))
    .where(and(visibleKeys(context), inArray(keyExposures.keyId, ids)))
    .orderBy(desc(keyExposures.id));
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}
