import { DomainError, invalidField } from '@keyward/shared/errors';
import { mostWithin } from '@keyward/shared/most-within';
import { isAdminOnly, type Permission } from '@keyward/shared/permissions';
import type { RateLimitRule } from '@keyward/shared/rate-limit';
import type { KeyKind, Tier } from '@keyward/shared/service-profile';
import { isAdmin, isOperator, requireFreshSession, requirePermission } from '../authorize.ts';
import type { OrganizationContext } from '../context.ts';
import { requireHeld, type Strength } from './no-stronger.ts';

/** Refuses an actor that may not make a key of this kind. */
export function requireMayCreate(context: OrganizationContext, kind: KeyKind): void {
  if (kind === 'bot') {
    requirePermission(context, 'apiKeys:create');
  } else if (context.actor.type !== 'user' || context.role === null) {
    throw new DomainError(
      'insufficient_permissions',
      'A user key belongs to the member who makes it: sign in as a member of this organization.',
    );
  }
}

/**
 * Refuses permissions that the actor may not grant. Operators may grant everything; an admin everything in
 * their organization; a member what is not admin-only; a key what it holds itself, in its own service.
 * What is admin-only is granted in a fresh session: the key would outlast a stolen one.
 * @param own the strength of the key that calls; null for other actors.
 */
export function requireMayGrant(
  context: OrganizationContext,
  asked: { permissions: readonly Permission[]; service: string },
  own: Strength | null,
): void {
  const { actor } = context;
  if (actor.type === 'key' && own !== null) {
    requireHeld(actor, own, asked);
    return;
  }
  const refused =
    isOperator(actor) || isAdmin(context) ? undefined : asked.permissions.find(isAdminOnly);
  if (refused !== undefined) {
    throw new DomainError(
      'insufficient_permissions',
      `Only an owner or admin may grant ${refused}: leave it out, or ask one of them.`,
    );
  }
  requireFreshForAdminOnly(actor, asked.permissions);
}

/** Refuses to make, revive or hand out a key with something admin-only in a session that is not fresh. */
export function requireFreshForAdminOnly(
  actor: OrganizationContext['actor'],
  permissions: readonly Permission[],
): void {
  if (permissions.some(isAdminOnly)) {
    requireFreshSession(actor);
  }
}

/** Refuses a limit above the tier's: what was sold is raised by the operator alone. */
export function requireWithinTier(
  context: OrganizationContext,
  asked: RateLimitRule | null | undefined,
  tier: Tier,
): void {
  if (tier.rateLimit !== null && exceedsTier(asked, tier) && !isOperator(context.actor)) {
    const { limit, windowSeconds } = tier.rateLimit;
    throw invalidField(
      'rateLimit',
      `The tier ${tier.name} allows ${limit} in ${windowSeconds} s: ask for less, or take another tier.`,
    );
  }
}

/** Whether a limit admits more than the tier's; null is no limit at all, and undefined the tier's own. */
export function exceedsTier(
  asked: RateLimitRule | null | undefined,
  { rateLimit }: Pick<Tier, 'rateLimit'>,
): boolean {
  if (asked === undefined || rateLimit === null) {
    return false;
  }
  return asked === null || mostWithin(asked, rateLimit.windowSeconds) > rateLimit.limit;
}
