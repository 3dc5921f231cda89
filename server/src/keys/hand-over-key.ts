import { DomainError } from '@keyward/shared/errors';
import { isId } from '@keyward/shared/ids';
import type { Key } from '@keyward/shared/keys';
import type { Permission } from '@keyward/shared/permissions';
import type { RateLimitRule } from '@keyward/shared/rate-limit';
import type { Tier } from '@keyward/shared/service-profile';
import { and, eq } from 'drizzle-orm';
import { recordAuditEvent } from '../audit/record-audit-event.ts';
import { isOperator, requirePermission } from '../authorize.ts';
import type { OrganizationContext } from '../context.ts';
import { keys } from '../database/schema/keys.ts';
import { memberships } from '../database/schema/organizations.ts';
import { services } from '../database/schema/services.ts';
import { effectivePermissions } from '../verification/key-facts.ts';
import { type CreatedKey, createKey } from './create-key.ts';
import { getKey } from './get-key.ts';
import { exceedsTier } from './may-grant.ts';

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
  return context.database.transaction(async (transaction) => {
    const within = { ...context, database: transaction };
    const { key, rateLimit, tier } = await holdKey(within, keyId);
    if (key.status === 'revoked' || key.status === 'expired') {
      throw new DomainError(
        'conflict',
        `This key is ${key.status}: there is no work to hand over.`,
      );
    }
    if (key.kind !== 'user') {
      throw new DomainError('conflict', 'This is a bot key already: it outlives its maker.');
    }
    requireMayPassOn(context, rateLimit, tier);
    const permissions = await findCountingPermissions(within, key);
    const made = await createKey(
      within,
      {
        kind: 'bot',
        name,
        service: key.service,
        permissions: [...permissions],
        environment: key.environment,
        tier: key.tier,
        // As it is stored: the tier's goes on to follow the tier, and none is not to become the tier's.
        ...(rateLimit !== undefined && { rateLimit }),
        ipAllowlist: key.ipAllowlist,
        expiresAt: key.expiresAt,
        externalId: key.externalId,
        metadata: key.metadata,
      },
      { handedOverFrom: { id: key.id, name: key.name } },
    );
    await recordAuditEvent(transaction, context, {
      chain: context.organizationId,
      action: 'key.handed_over',
      target: { type: 'key', id: keyId },
      data: { to: made.key.id, name },
    });
    return made;
  });
}

/** Of a key itself: null is no limit at all, and undefined the tier's. */
type OwnLimit = RateLimitRule | null | undefined;

// What is revoked or narrowed at the same moment is not handed over as it was.
async function holdKey(
  context: OrganizationContext,
  keyId: string,
): Promise<{ key: Key; rateLimit: OwnLimit; tier: Tier | undefined }> {
  const [held] = await context.database
    .select({ rateLimit: keys.rateLimit, tier: keys.tier, profile: services.profile })
    .from(keys)
    .innerJoin(services, eq(services.id, keys.serviceId))
    .where(
      and(
        eq(keys.organizationId, context.organizationId),
        eq(keys.id, isId('key', keyId) ? keyId : ''),
      ),
    )
    .for('share', { of: keys });
  return {
    key: await getKey(context, keyId),
    rateLimit: held?.rateLimit === 'none' ? null : (held?.rateLimit ?? undefined),
    tier: held?.profile.tiers.find(({ name }) => name === held.tier),
  };
}

// Else an admin would be told to ask for less of what they did not write.
function requireMayPassOn(
  { actor }: OrganizationContext,
  rateLimit: OwnLimit,
  tier: Tier | undefined,
): void {
  if (tier !== undefined && exceedsTier(rateLimit, tier) && !isOperator(actor)) {
    throw new DomainError(
      'conflict',
      `The limit of this key was raised above that of the tier ${tier.name}: ask the operator to hand it over, or give the key a lower limit first.`,
    );
  }
}

/** What a bot key is to hold of it: not what the member's role masks, which no key of theirs can do. */
async function findCountingPermissions(
  { database, organizationId }: OrganizationContext,
  { permissions, user }: Key,
): Promise<readonly Permission[]> {
  const [membership] = await database
    .select({ role: memberships.role })
    .from(memberships)
    .where(
      and(eq(memberships.organizationId, organizationId), eq(memberships.userId, user?.id ?? '')),
    );
  const owner = user && { ...user, role: membership?.role ?? null };
  return effectivePermissions({ permissions, owner });
}
