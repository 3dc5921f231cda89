import { DomainError } from '@keyward/shared/errors';
import { requirePermission } from '../authorize.ts';
import type { OrganizationContext } from '../context.ts';
import { type CreatedKey, createKey } from './create-key.ts';
import { getKey } from './get-key.ts';

/**
 * Makes a bot key that can do what a member's key does, so that their work goes on without them. The
 * secret is another: the leaver knows the old one, which ends with their membership.
 */
export async function handOverKey(
  context: OrganizationContext,
  keyId: string,
  name: string,
): Promise<CreatedKey> {
  requirePermission(context, 'apiKeys:create');
  const key = await getKey(context, keyId);
  if (key.status === 'revoked' || key.status === 'expired') {
    throw new DomainError('conflict', `This key is ${key.status}: there is no work to hand over.`);
  }
  if (key.kind !== 'user') {
    throw new DomainError('conflict', 'This is a bot key already: it outlives its maker.');
  }
  return createKey(context, {
    kind: 'bot',
    name,
    service: key.service,
    permissions: key.permissions,
    environment: key.environment,
    tier: key.tier,
    ...(key.rateLimit && { rateLimit: key.rateLimit }),
    ipAllowlist: key.ipAllowlist,
    expiresAt: key.expiresAt,
    externalId: key.externalId,
    metadata: key.metadata,
  });
}
