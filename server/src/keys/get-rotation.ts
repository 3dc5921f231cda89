import type { CreatedBy } from '@keyward/shared/keys';
import { and, desc, eq, gt, inArray, sql } from 'drizzle-orm';
import type { OrganizationContext } from '../context.ts';
import type { Database } from '../database/connect-database.ts';
import { auditEvents, auditHeads } from '../database/schema/audit.ts';
import { keySecrets, keys } from '../database/schema/keys.ts';
import { keyUsage } from '../database/schema/usage.ts';
import { getKey } from './get-key.ts';
import { isLive } from './live-secrets.ts';

/** A secret, and what shows how far it has come. Times in UTC. */
export interface SecretEvidence {
  start: string;
  last4: string;
  createdAt: string;
  /** Null where the audit log says so too far back. */
  createdBy: CreatedBy | null;
  /** When somebody said that they have stored it: that it was cannot be known. */
  stored: { at: string; by: CreatedBy } | null;
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
  const key = await getKey(context, keyId);
  const { database } = context;
  const rows = await findSecrets(database, keyId);
  const live = rows.filter((row) => row.isLive).reverse();
  const events = await findSecretEvents(context, keyId);
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
  const isTold = (lastUsedAt: string | null) =>
    lastUsedAt === key.usage.lastUsedAt &&
    live.filter((row) => row.lastUsedAt?.toISOString() === lastUsedAt).length === 1;
  return {
    now: (rows[0]?.now ?? new Date()).toISOString(),
    secrets: live.map((row) => {
      const lastUsedAt = row.lastUsedAt?.toISOString() ?? null;
      const named = events.filter((event) => event.last4 === row.last4);
      const isFirst = row.createdAt.toISOString() === key.createdAt;
      const made = named.find((event) => event.action === 'key.rotated');
      const stored = named.find((event) => event.action === storedAction);
      return {
        start: row.start,
        last4: row.last4,
        createdAt: row.createdAt.toISOString(),
        createdBy: made?.actor ?? (isFirst ? key.createdBy : null),
        stored: stored === undefined ? null : { at: stored.at.toISOString(), by: stored.actor },
        firstUsedAt: row.firstUsedAt?.toISOString() ?? null,
        lastUsedAt,
        lastUsedIp: isTold(lastUsedAt) ? key.usage.lastUsedIp : null,
        retiresAt: row.retiresAt?.toISOString() ?? null,
        retireWhenQuietSeconds: row.retireWhenQuietSeconds,
      };
    }),
    retired: rows
      .filter((row) => !row.isLive)
      .map(({ start, last4, createdAt, retiredAt, retiresAt, now }) => ({
        start,
        last4,
        createdAt: createdAt.toISOString(),
        retiredAt: (retiredAt ?? retiresAt ?? now).toISOString(),
      })),
    refusedCalls: refused?.count ?? 0,
  };
}

/** What the audit log calls the word that a secret is stored. */
export const storedAction = 'key.secret_stored';

// The two that may be live, and as many tombstones as anybody reads.
const mostSecrets = 7;

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

// The log is numbered and has no index by key: so far back is read in milliseconds, whatever its length.
const mostEvents = 10_000;

/** Who made the newest secrets and who said that they were stored, newest first. */
function findSecretEvents({ database, organizationId }: OrganizationContext, keyId: string) {
  const head = database
    .select({ number: sql`${auditHeads.number} - ${mostEvents}` })
    .from(auditHeads)
    .where(eq(auditHeads.chain, organizationId));
  return database
    .select({
      action: auditEvents.action,
      at: auditEvents.at,
      actor: auditEvents.actor,
      last4: sql<string>`${auditEvents.data} ->> 'last4'`,
    })
    .from(auditEvents)
    .where(
      and(
        eq(auditEvents.chain, organizationId),
        gt(auditEvents.number, sql`(${head})`),
        eq(auditEvents.targetId, keyId),
        inArray(auditEvents.action, ['key.rotated', storedAction]),
      ),
    )
    .orderBy(desc(auditEvents.number))
    .limit(mostSecrets * 2);
}
