import type { ExposureReporter } from '@keyward/shared/exposures';
import type { Receipt } from '@keyward/shared/keys';
import { asc, eq, inArray, sql } from 'drizzle-orm';
import { recordAuditEvent } from '../../audit/record-audit-event.ts';
import type { ActorContext, Context } from '../../context.ts';
import type { Transaction } from '../../database/connect-database.ts';
import { keySecrets, keys } from '../../database/schema/keys.ts';
import { redactSecrets } from '../../redact-secrets.ts';
import { changeAuthority } from '../../verification/authority/change-authority.ts';
import { hashSecret } from '../../verification/parse-secret.ts';
import { isLive } from '../live-secrets.ts';
import { type FoundPlace, type KnownSecret, keepPlaces } from './keep-places.ts';
import { rememberReport, type SignedMessage } from './remember-report.ts';

/** A secret that somebody found, and where. */
export interface FoundSecret extends FoundPlace {
  plaintextSecret: string;
}

export interface Exposure {
  reporter: ExposureReporter;
  found: readonly FoundSecret[];
  /** What was signed; null for a report by whoever holds the secret. */
  signed: SignedMessage | null;
}

type KeyRow = typeof keys.$inferSelect;

const reporterNames: Record<ExposureReporter, string> = {
  github: 'GitHub secret scanning',
  holder: 'Report of an exposed key',
};

/**
 * Suspends the keys whose secrets were found in the open, and returns when no node accepts them. Whoever
 * holds a secret may do that: the key could revoke itself. A revoked key stays as it is, one that is
 * suspended already keeps its beginning, and one that has expired is suspended, so that a later expiry does
 * not bring it back; a secret that was retired stops nothing. Each place is recorded, once.
 * @returns of each that was found, in that order, whether it is a secret of a key here, or was.
 */
export async function suspendExposed(
  context: Context,
  { reporter, found, signed }: Exposure,
): Promise<{ isKnown: boolean[]; receipt: Receipt }> {
  const places = new Map<string, FoundPlace[]>();
  const hashes = found.map(({ plaintextSecret }) => hashSecret(plaintextSecret));
  hashes.forEach((hash, index) => {
    const { url, source } = found[index] ?? { url: null, source: null };
    const name = hash.toString('hex');
    places.set(name, [...(places.get(name) ?? []), { url, source }]);
  });
  const acting: ActorContext = {
    ...context,
    actor: { type: 'system', name: reporterNames[reporter] },
    userAgent: context.userAgent && redactSecrets(context.userAgent),
  };
  const { result, receipt } = await changeAuthority(context.database, async (transaction) => {
    if (signed !== null) {
      await rememberReport(transaction, signed);
    }
    const rows = await lockKeys(transaction, hashes);
    const secrets = await findSecrets(transaction, hashes);
    // Chains are locked in the order of their names, so that two reports never wait for each other.
    for (const key of rows.toSorted(byOrganization)) {
      const known = secrets.filter(({ keyId }) => keyId === key.id);
      await actOn(transaction, acting, { key, known, reporter, places });
    }
    return new Set(secrets.map(({ hash }) => hash));
  });
  return { isKnown: hashes.map((hash) => result.has(hash.toString('hex'))), receipt };
}

const byOrganization = (one: KeyRow, other: KeyRow): number =>
  Number(one.organizationId > other.organizationId) -
  Number(one.organizationId < other.organizationId);

/** In the order of their ids, as everything that locks more than one key does. */
async function lockKeys(transaction: Transaction, hashes: Buffer[]): Promise<KeyRow[]> {
  const holders = transaction
    .select({ keyId: keySecrets.keyId })
    .from(keySecrets)
    .where(inArray(keySecrets.secretHash, hashes));
  return transaction
    .select()
    .from(keys)
    .where(inArray(keys.id, holders))
    .orderBy(asc(keys.id))
    .for('update');
}

/** Read after the lock: a rotation may have ended meanwhile. */
async function findSecrets(
  transaction: Transaction,
  hashes: Buffer[],
): Promise<(KnownSecret & { hash: string; keyId: string })[]> {
  const rows = await transaction
    .select({
      id: keySecrets.id,
      keyId: keySecrets.keyId,
      hash: keySecrets.secretHash,
      last4: keySecrets.last4,
      isLive: sql<boolean>`${isLive}`,
    })
    .from(keySecrets)
    .where(inArray(keySecrets.secretHash, hashes));
  return rows.map((row) => ({ ...row, hash: row.hash.toString('hex') }));
}

interface ExposedKey {
  key: KeyRow;
  known: readonly (KnownSecret & { hash: string })[];
  reporter: ExposureReporter;
  /** By the hash of the secret, in hex. */
  places: ReadonlyMap<string, readonly FoundPlace[]>;
}

async function actOn(
  transaction: Transaction,
  context: ActorContext,
  { key, known, reporter, places }: ExposedKey,
): Promise<void> {
  const target = { chain: key.organizationId, target: { type: 'key' as const, id: key.id } };
  const isStopped = key.revokedAt !== null || key.suspendedAt !== null;
  const suspends = !isStopped && known.some((secret) => secret.isLive);
  if (suspends) {
    await transaction
      .update(keys)
      .set({ suspendedAt: sql`now()`, updatedAt: sql`now()` })
      .where(eq(keys.id, key.id));
  }
  for (const secret of known) {
    const told = places.get(secret.hash) ?? [];
    const isNews = await keepPlaces(transaction, { keyId: key.id, secret, reporter, places: told });
    if (isNews || suspends) {
      const { last4, isLive: accepted } = secret;
      const data = { name: key.name, last4, isLive: accepted, reporter, ...told[0], suspends };
      await recordAuditEvent(transaction, context, { ...target, action: 'key.exposed', data });
    }
  }
  if (suspends) {
    const data = { name: key.name, because: 'exposed' };
    await recordAuditEvent(transaction, context, { ...target, action: 'key.suspended', data });
  }
}
