import { and, desc, eq, inArray } from 'drizzle-orm';
import type { Database } from '../../database/connect-database.ts';
import { keyExposures } from '../../database/schema/exposures.ts';
import { keySecrets } from '../../database/schema/keys.ts';
import { isLive } from '../live-secrets.ts';

/** Where a secret that still belongs to its key was found last. */
export interface NewestExposure {
  url: string | null;
  source: string | null;
  foundAt: string;
}

/** By the id of each of these keys that has any. */
export async function findNewestExposures(
  database: Database,
  ids: readonly string[],
): Promise<Map<string, NewestExposure>> {
  if (ids.length === 0) {
    return new Map();
  }
  const { keyId, url, source, at } = keyExposures;
  const rows = await database
    .selectDistinctOn([keyId], { keyId, url, source, at })
    .from(keyExposures)
    .innerJoin(keySecrets, eq(keySecrets.id, keyExposures.secretId))
    .where(and(inArray(keyId, [...ids]), isLive))
    .orderBy(keyId, desc(keyExposures.id));
  return new Map(
    rows.map((row) => [
      row.keyId,
      { url: row.url, source: row.source, foundAt: row.at.toISOString() },
    ]),
  );
}
