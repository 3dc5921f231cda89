import { eq, sql } from 'drizzle-orm';
import type { OrganizationContext } from '../context.ts';
import { keys } from '../database/schema/keys.ts';
import { type ChangedKey, changeKey } from './change-key.ts';

/**
 * Revokes a key for good, and returns when no node can accept it any more.
 * Revoking a revoked key changes nothing, waits the same and answers the same.
 * @param options.asSelf where the key that calls revokes itself.
 */
export function revokeKey(
  context: OrganizationContext,
  keyId: string,
  options: { asSelf?: boolean } = {},
): Promise<ChangedKey> {
  return changeKey(context, keyId, {
    permission: options.asSelf ? null : 'apiKeys:delete',
    async make(transaction, key) {
      if (key.revokedAt !== null) {
        return null;
      }
      await transaction
        .update(keys)
        .set({ revokedAt: sql`now()`, updatedAt: sql`now()` })
        .where(eq(keys.id, keyId));
      return { action: 'key.revoked', data: { name: key.name } };
    },
  });
}
