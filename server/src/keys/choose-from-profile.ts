import { invalidField } from '@keyward/shared/errors';
import type { CreateKeyInput } from '@keyward/shared/keys';
import { type Permission, unknownPermissions } from '@keyward/shared/permissions';
import {
  type Environment,
  type KeyKind,
  maximumLifetimeSeconds,
  type ServiceProfile,
  type Tier,
} from '@keyward/shared/service-profile';

/** The tier and the prefix that a new key takes from its service; refuses what the service does not offer. */
export function chooseTier(
  profile: ServiceProfile,
  input: CreateKeyInput & { kind: KeyKind },
): { tier: Tier; prefix: string } {
  if (!profile.kinds.includes(input.kind)) {
    const [offered] = profile.kinds;
    throw invalidField('kind', `${profile.slug} has no ${input.kind} keys: make a ${offered} key.`);
  }
  const tier = requireTier(profile, input.tier ?? profile.defaults.tier);
  requireKnownPermissions(profile, input.permissions);
  return { tier, prefix: requirePrefix(profile, tier, input.environment) };
}

export function requireTier(profile: ServiceProfile, name: string): Tier {
  const tier = profile.tiers.find((one) => one.name === name);
  if (tier === undefined) {
    const offered = profile.tiers.map((one) => one.name).join(', ');
    throw invalidField('tier', `${profile.slug} has no tier ${name}: choose one of ${offered}.`);
  }
  return tier;
}

export function requirePrefix(
  profile: ServiceProfile,
  tier: Tier,
  environment: Environment,
): string {
  const prefix = tier.prefixes[environment];
  if (prefix === undefined) {
    throw invalidField(
      'environment',
      `The tier ${tier.name} of ${profile.slug} has no ${environment} keys.`,
    );
  }
  return prefix;
}

export function requireKnownPermissions(
  profile: ServiceProfile,
  permissions: readonly Permission[],
): void {
  const [unknown] = unknownPermissions(permissions, profile.resources);
  if (unknown !== undefined) {
    throw invalidField(
      'permissions',
      `${profile.slug} has no permission ${unknown}: see its resources.`,
    );
  }
}

/** When a new key expires: as asked, or after the service's default lifetime. Null for never. */
export function chooseExpiry(
  input: CreateKeyInput,
  profile: ServiceProfile,
  now: Date,
): Date | null {
  if (input.expiresAt !== undefined) {
    return requireFuture(input.expiresAt, now);
  }
  const seconds = input.expiresInSeconds ?? profile.defaults.expiresInSeconds;
  return seconds === null ? null : new Date(now.getTime() + seconds * 1000);
}

/** The moment that was asked for, or null for never. Refuses one that has passed. */
export function requireFuture(asked: string | null, now: Date): Date | null {
  if (asked === null) {
    return null;
  }
  const moment = new Date(asked);
  if (moment <= now) {
    throw invalidField('expiresAt', 'Write a time that is still to come.');
  }
  if (moment.getTime() - now.getTime() > maximumLifetimeSeconds * 1000) {
    throw invalidField('expiresAt', 'Write a time within 100 years, or null for never.');
  }
  return moment;
}
