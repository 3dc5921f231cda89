import type { ExposureReporter } from '@keyward/shared/exposures';
import { eq, sql } from 'drizzle-orm';
import type { Transaction } from '../../database/connect-database.ts';
import { createId } from '../../database/create-id.ts';
import { keyExposures } from '../../database/schema/exposures.ts';

/** Where a secret was found, as far as it was told. */
export interface FoundPlace {
  url: string | null;
  source: string | null;
}

/** A secret of a key here. */
export interface KnownSecret {
  id: string;
  last4: string;
  isLive: boolean;
}

/** Of one secret: whoever holds it could name places without end. */
const mostPlaces = 50;

/** Records where a secret was found. Returns whether any of it was new. */
export async function keepPlaces(
  transaction: Transaction,
  {
    keyId,
    secret,
    reporter,
    places,
  }: {
    keyId: string;
    secret: KnownSecret;
    reporter: ExposureReporter;
    places: readonly FoundPlace[];
  },
): Promise<boolean> {
  const kept = await transaction.$count(keyExposures, eq(keyExposures.secretId, secret.id));
  const room = places.slice(0, Math.max(0, mostPlaces - kept));
  if (room.length === 0) {
    return false;
  }
  const added = await transaction
    .insert(keyExposures)
    .values(
      room.map((place) => ({
        id: createId('exposure'),
        keyId,
        secretId: secret.id,
        reporter,
        ...place,
        at: sql`clock_timestamp()`,
      })),
    )
    .onConflictDoNothing()
    .returning({ id: keyExposures.id });
  return added.length > 0;
}
