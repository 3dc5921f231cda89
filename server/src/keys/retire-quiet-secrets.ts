import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import type { ActorContext } from '../context.ts';
import { keySecrets, keys } from '../database/schema/keys.ts';
import { changeKey } from './change-key.ts';
import { findLiveSecrets } from './live-secrets.ts';

/**
 * Retires the secrets whose successor is in use while they have been quiet for as long as was asked.
 * A duty of Keyward's own; returns the ids of the keys that it finished.
 */
export async function retireQuietSecrets(context: ActorContext): Promise<string[]> {
  const waiting = await context.database
    .select({ keyId: keys.id, organizationId: keys.organizationId })
    .from(keySecrets)
    .innerJoin(keys, eq(keys.id, keySecrets.keyId))
    .where(
      and(
        isNotNull(keySecrets.retireWhenQuietSeconds),
        isNull(keySecrets.retiredAt),
        isNull(keys.revokedAt),
        isQuiet,
      ),
    );
  const finished: string[] = [];
  for (const { keyId, organizationId } of waiting) {
    const within = { ...context, organizationId, role: null };
    await changeKey(within, keyId, {
      permission: 'apiKeys:update',
      async make(transaction) {
        const [older, newer] = await findLiveSecrets(transaction, keyId);
        if (older === undefined || newer === undefined) {
          return null;
        }
        // Asked again under the lock: a call may have come in between.
        const retired = await transaction
          .update(keySecrets)
          .set({ retiredAt: sql`now()`, retireWhenQuietSeconds: null })
          .where(and(eq(keySecrets.id, older.id), isQuiet))
          .returning({ last4: keySecrets.last4 });
        if (retired[0] === undefined) {
          return null;
        }
        finished.push(keyId);
        return {
          action: 'key.rotation_finished',
          data: { retired: retired[0].last4, quiet: true },
        };
      },
    });
  }
  return finished;
}

// Quiet since the later of its own last use and the first use of its successor.
const isQuiet = sql`exists (
  select from key_secrets as newer
  where newer.key_id = ${keySecrets.keyId} and newer.id > ${keySecrets.id}
    and newer.first_used_at is not null
    and greatest(newer.first_used_at, ${keySecrets.lastUsedAt})
      < now() - make_interval(secs => ${keySecrets.retireWhenQuietSeconds}))`;
