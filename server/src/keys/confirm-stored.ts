import { DomainError } from '@keyward/shared/errors';
import type { OrganizationContext } from '../context.ts';
import { type ChangedKey, changeKey } from './change-key.ts';
import { storedAction } from './find-secret-events.ts';
import { findLiveSecrets } from './live-secrets.ts';

/** Puts on record that the actor has stored a live secret of a key. */
export function confirmStored(
  context: OrganizationContext,
  keyId: string,
  last4: string,
): Promise<ChangedKey> {
  return changeKey(context, keyId, {
    permission: 'apiKeys:update',
    async make(transaction, key) {
      const secrets = await findLiveSecrets(transaction, keyId);
      if (key.revokedAt !== null || !secrets.some((secret) => secret.last4 === last4)) {
        throw new DomainError('conflict', 'This secret is dead by now: reload, and rotate again.');
      }
      return { action: storedAction, data: { last4 } };
    },
  });
}
