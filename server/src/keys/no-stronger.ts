import { DomainError } from '@keyward/shared/errors';
import { mostWithin } from '@keyward/shared/most-within';
import {
  covers,
  isBuiltInResource,
  type Permission,
  resourceOf,
} from '@keyward/shared/permissions';
import type { RateLimitRule } from '@keyward/shared/rate-limit';
import type { Environment } from '@keyward/shared/service-profile';
import { eq } from 'drizzle-orm';
import { isWithinAllowlist } from '../addresses.ts';
import { isOperator } from '../authorize.ts';
import type { KeyActor, OrganizationContext } from '../context.ts';
import type { Transaction } from '../database/connect-database.ts';
import { keys } from '../database/schema/keys.ts';
import { services } from '../database/schema/services.ts';
import { effectiveRateLimit } from '../verification/key-facts.ts';

/** What decides how strong a key is. */
export interface Strength {
  /** The slug of its service. */
  service: string;
  environment: Environment;
  rateLimit: RateLimitRule | null;
  ipAllowlist: readonly string[];
  expiresAt: Date | null;
}

/** The strength of the key that calls; null for actors that it does not bound: users, operators' keys. */
export async function findOwnStrength(
  transaction: Transaction,
  { actor }: OrganizationContext,
): Promise<Strength | null> {
  if (actor.type !== 'key' || isOperator(actor)) {
    return null;
  }
  const [own] = await transaction
    .select({ key: keys, service: services.slug, profile: services.profile })
    .from(keys)
    .innerJoin(services, eq(services.id, keys.serviceId))
    .where(eq(keys.id, actor.keyId));
  if (own === undefined) {
    throw new Error('The key that calls is gone.');
  }
  const { key, service, profile } = own;
  return {
    service,
    environment: key.environment,
    rateLimit: effectiveRateLimit(key, profile.tiers),
    ipAllowlist: key.ipAllowlist,
    expiresAt: key.expiresAt,
  };
}

/** Refuses permissions that a calling key does not hold itself, in its own service. To grant is to use. */
export function requireHeld(
  actor: KeyActor,
  own: Strength,
  asked: { permissions: readonly Permission[]; service: string },
): void {
  const refused = asked.permissions.find(
    (permission) =>
      !covers(actor.permissions, permission) ||
      // The same name means another thing in another service.
      !(isBuiltInResource(resourceOf(permission)) || asked.service === own.service),
  );
  if (refused !== undefined) {
    refuse(`This key cannot grant ${refused}, which it does not hold itself`);
  }
  for (const permission of asked.permissions) {
    actor.exercise?.(permission);
  }
}

/** Refuses a key that would outlive, outrun or outreach the key that makes it. */
export function requireNoStronger(own: Strength, asked: Strength): void {
  if (own.environment === 'test' && asked.environment === 'live') {
    refuse('A test key makes test keys alone');
  }
  if (own.expiresAt !== null && (asked.expiresAt === null || asked.expiresAt > own.expiresAt)) {
    refuse(`This key ends at ${own.expiresAt.toISOString()}, and so must what it makes`);
  }
  if (!isWithinAllowlist(own.ipAllowlist, asked.ipAllowlist)) {
    refuse('The IP allowlist must lie within that of the key that makes it');
  }
  if (
    own.rateLimit !== null &&
    (asked.rateLimit === null ||
      mostWithin(asked.rateLimit, own.rateLimit.windowSeconds) > own.rateLimit.limit)
  ) {
    refuse('The rate limit must not exceed that of the key that makes it');
  }
}

function refuse(reason: string): never {
  throw new DomainError('insufficient_permissions', `${reason}: ask an admin to do it.`);
}
