import { DomainError } from '@keyward/shared/errors';
import type { EndRotationInput } from '@keyward/shared/rotation';
import { eq, sql } from 'drizzle-orm';
import type { OrganizationContext } from '../context.ts';
import { keySecrets } from '../database/schema/keys.ts';
import { type ChangedKey, changeKey } from './change-key.ts';
import { findLiveSecrets } from './live-secrets.ts';
import { requireFreshForAdminOnly } from './may-grant.ts';

/** Ends a rotation: `finish` retires the older secret now, `rollback` the newer one, and keeps the other. */
export function endRotation(
  context: OrganizationContext,
  keyId: string,
  { action }: EndRotationInput,
): Promise<ChangedKey> {
  return changeKey(context, keyId, {
    permission: 'apiKeys:update',
    async make(transaction, key) {
      const [older, newer] = await findLiveSecrets(transaction, keyId);
      if (older === undefined || newer === undefined || key.revokedAt !== null) {
        throw new DomainError(
          'conflict',
          'This key is not being rotated: there is nothing to end.',
        );
      }
      // What is rolled back to may be the secret that leaked.
      if (action === 'rollback') {
        requireFreshForAdminOnly(context.actor, key.permissions);
      }
      const [retired, kept] = action === 'finish' ? [older, newer] : [newer, older];
      await transaction
        .update(keySecrets)
        .set({ retiredAt: sql`now()`, retiresAt: null, retireWhenQuietSeconds: null })
        .where(eq(keySecrets.id, retired.id));
      await transaction
        .update(keySecrets)
        .set({ retiresAt: null, retireWhenQuietSeconds: null })
        .where(eq(keySecrets.id, kept.id));
      return {
        action: action === 'finish' ? 'key.rotation_finished' : 'key.rotation_rolled_back',
        data: { retired: retired.last4, kept: kept.last4 },
      };
    },
  });
}
