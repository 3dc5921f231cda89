import type { AuditActor } from '@keyward/shared/audit';
import type { Key } from '@keyward/shared/keys';
import { and, desc, eq, gt, sql } from 'drizzle-orm';
import { requireSeesUsage } from '../authorize.ts';
import type { OrganizationContext } from '../context.ts';
import type { Database } from '../database/connect-database.ts';
import { keySecrets, keys } from '../database/schema/keys.ts';
import { keyUsage } from '../database/schema/usage.ts';
import { findSecretEvents, storedAction } from './find-secret-events.ts';
import { getKey } from './get-key.ts';
import { isLive } from './live-secrets.ts';

/** A secret, and what shows how far it has come. Times in UTC. */
export interface SecretEvidence {
  start: string;
  last4: string;
  createdAt: string;
  /** Null where the audit log does not name them. */
  createdBy: AuditActor | null;
  /** When somebody said that they have stored it: that it was cannot be known. */
  stored: { at: string; by: AuditActor } | null;
  firstUsedAt: string | null;
  lastUsedAt: string | null;
  /** The address of its last call; null where another secret may have made that call, or none is known. */
  lastUsedIp: string | null;
  retiresAt: string | null;
  retireWhenQuietSeconds: number | null;
}

export interface KeyRotation {
  /** The database's time: what all the others are to be held against. */
  now: string;
  /** The live secrets, oldest first: one, or two while the key rotates. */
  secrets: SecretEvidence[];
  /** The last ones that retired, newest first. */
  retired: { start: string; last4: string; createdAt: string; retiredAt: string }[];
  /** Calls with a retired secret, refused since a full hour that is at most a day ago. */
  refusedCalls: number;
}

/** What is known of the live secrets of a key, and of a rotation while there is one. */
export async function getRotation(
  context: OrganizationContext,
  keyId: string,
): Promise<KeyRotation> {
  requireSeesUsage(context);
  const key = await getKey(context, keyId);
  const rows = await findSecrets(context.database, keyId);
  const live = rows.filter((row) => row.isLive).reverse();
  const events = await findSecretEvents(context, keyId);
  return {
    now: (rows[0]?.now ?? new Date()).toISOString(),
    secrets: live.map((row) => ({
      ...showSecret(row),
      ...findHands(key, row, events),
      lastUsedIp: findAddress(key, row, live),
    })),
    retired: rows
      .filter((row) => !row.isLive)
      .map(({ start, last4, createdAt, retiredAt, retiresAt, now }) => ({
        start,
        last4,
        createdAt: createdAt.toISOString(),
        retiredAt: (retiredAt ?? retiresAt ?? now).toISOString(),
      })),
    refusedCalls: await countRefusedCalls(context.database, keyId),
  };
}

const showSecret = (row: SecretRow) => ({
  start: row.start,
  last4: row.last4,
  createdAt: row.createdAt.toISOString(),
  firstUsedAt: row.firstUsedAt?.toISOString() ?? null,
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  retiresAt: row.retiresAt?.toISOString() ?? null,
  retireWhenQuietSeconds: row.retireWhenQuietSeconds,
});

/** Who made the secret, and who said that it is stored. */
function findHands(
  key: Key,
  { last4, createdAt }: SecretRow,
  events: Awaited<ReturnType<typeof findSecretEvents>>,
): Pick<SecretEvidence, 'createdBy' | 'stored'> {
  const named = events.filter((event) => event.last4 === last4);
  const made = named.find((event) => event.action === 'key.rotated');
  const stored = named.find((event) => event.action === storedAction);
  // The first secret is as old as the key.
  const isFirst = createdAt.toISOString() === key.createdAt;
  return {
    createdBy: made?.actor ?? (isFirst ? key.createdBy : null),
    stored: stored === undefined ? null : { at: stored.at.toISOString(), by: stored.actor },
  };
}

/** The address of the key's last call, where that was a call with this secret and no other. */
function findAddress(key: Key, row: SecretRow, live: readonly SecretRow[]): string | null {
  const isLast = (one: SecretRow) => one.lastUsedAt?.toISOString() === key.usage.lastUsedAt;
  return isLast(row) && live.filter(isLast).length === 1 ? key.usage.lastUsedIp : null;
}

async function countRefusedCalls(database: Database, keyId: string): Promise<number> {
  const [refused] = await database
    .select({ count: sql`coalesce(sum(${keyUsage.count}), 0)`.mapWith(Number) })
    .from(keyUsage)
    .where(
      and(
        eq(keyUsage.keyId, keyId),
        eq(keyUsage.outcome, 'RETIRED'),
        gt(keyUsage.hour, sql`now() - interval '1 day'`),
      ),
    );
  return refused?.count ?? 0;
}

// The two that may be live, and as many tombstones as anybody reads.
const mostSecrets = 7;

type SecretRow = Awaited<ReturnType<typeof findSecrets>>[number];

function findSecrets(database: Database, keyId: string) {
  return (
    database
      .select({
        start: keySecrets.start,
        last4: keySecrets.last4,
        createdAt: keySecrets.createdAt,
        firstUsedAt: keySecrets.firstUsedAt,
        lastUsedAt: keySecrets.lastUsedAt,
        retiresAt: keySecrets.retiresAt,
        retiredAt: keySecrets.retiredAt,
        retireWhenQuietSeconds: keySecrets.retireWhenQuietSeconds,
        isLive: isLive.mapWith(Boolean),
        now: sql`now()`.mapWith(keys.createdAt),
      })
      .from(keySecrets)
      .where(eq(keySecrets.keyId, keyId))
      // Live ones first: after many a rollback the one that is used is the oldest of all.
      .orderBy(desc(isLive), desc(keySecrets.id))
      .limit(mostSecrets)
  );
}
