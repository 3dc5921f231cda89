import { DomainError } from '@keyward/shared/errors';
import type { Key } from '@keyward/shared/keys';
import type { RotateKeyInput } from '@keyward/shared/rotation';
import type { ServiceProfile } from '@keyward/shared/service-profile';
import { eq, sql } from 'drizzle-orm';
import type { OrganizationContext } from '../context.ts';
import type { Transaction } from '../database/connect-database.ts';
import { createId } from '../database/create-id.ts';
import { keySecrets } from '../database/schema/keys.ts';
import { services } from '../database/schema/services.ts';
import { effectiveRateLimit } from '../verification/key-facts.ts';
import { changeKey, type KeyRow } from './change-key.ts';
import { requirePrefix, requireTier } from './choose-from-profile.ts';
import { findLiveSecrets } from './live-secrets.ts';
import { requireFreshForAdminOnly } from './may-grant.ts';
import { mintSecret } from './mint-secret.ts';
import { findOwnStrength, requireHeld, requireNoStronger } from './no-stronger.ts';

const defaultGraceSeconds = 86_400;

/**
 * Mints a second secret of the same key. The older one stays good for a grace, or until it has been quiet
 * for a time after the new one was first used.
 * @param options.asSelf where the key that calls rotates itself.
 */
export async function rotateKey(
  context: OrganizationContext,
  keyId: string,
  input: RotateKeyInput,
  options: { asSelf?: boolean } = {},
): Promise<{ key: Key; secret: string }> {
  let plaintext = '';
  const { key } = await changeKey(context, keyId, {
    permission: options.asSelf ? null : 'apiKeys:update',
    async make(transaction, row) {
      if (row.revokedAt !== null) {
        throw new DomainError('conflict', 'This key is revoked for good: create another.');
      }
      const [older, second] = await findLiveSecrets(transaction, keyId);
      if (older === undefined || second !== undefined) {
        throw new DomainError(
          'conflict',
          'This key is being rotated: finish that rotation or roll it back first.',
        );
      }
      const [service] = await transaction
        .select({ slug: services.slug, profile: services.profile })
        .from(services)
        .where(eq(services.id, row.serviceId));
      if (service === undefined) {
        throw new Error('The service of a key is gone.');
      }
      await requireMayLearnSecret(transaction, context, row, service);
      const tier = requireTier(service.profile, row.tier);
      const { plaintextSecret, ...secret } = mintSecret(
        requirePrefix(service.profile, tier, row.environment),
      );
      plaintext = plaintextSecret;
      const quiet = input.retireWhenQuietSeconds ?? null;
      const grace = quiet === null ? (input.graceSeconds ?? defaultGraceSeconds) : null;
      await transaction
        .update(keySecrets)
        .set({
          retireWhenQuietSeconds: quiet,
          retiresAt: grace === null ? null : sql`now() + make_interval(secs => ${grace})`,
        })
        .where(eq(keySecrets.id, older.id));
      await transaction.insert(keySecrets).values({ id: createId('secret'), keyId, ...secret });
      return {
        action: 'key.rotated',
        data: { graceSeconds: grace, retireWhenQuietSeconds: quiet, last4: secret.last4 },
      };
    },
  });
  return { key, secret: plaintext };
}

/**
 * A rotation tells whoever asks for it a secret of the key. Admins may learn it, and the audit log says so;
 * one with something admin-only in a fresh session. A key learns that of itself and of bot keys no stronger
 * than itself, and never one that bears a member's name.
 */
async function requireMayLearnSecret(
  transaction: Transaction,
  context: OrganizationContext,
  key: KeyRow,
  service: { slug: string; profile: ServiceProfile },
): Promise<void> {
  const { actor } = context;
  const own = await findOwnStrength(transaction, context);
  if (actor.type !== 'key' || own === null) {
    requireFreshForAdminOnly(actor, key.permissions);
    return;
  }
  if (actor.keyId === key.id) {
    return;
  }
  if (key.kind === 'user') {
    throw new DomainError(
      'insufficient_permissions',
      'This key bears the name of a member: they or an admin rotate it.',
    );
  }
  requireHeld(actor, own, { permissions: key.permissions, service: service.slug });
  requireNoStronger(own, {
    service: service.slug,
    environment: key.environment,
    ipAllowlist: key.ipAllowlist,
    expiresAt: key.expiresAt,
    rateLimit: effectiveRateLimit(key, service.profile.tiers),
  });
}
