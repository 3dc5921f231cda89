import { DomainError, invalidField } from '@keyward/shared/errors';
import type { CreateKeyInput } from '@keyward/shared/keys';
import { covers, isAdminOnly, isBuiltInResource, resourceOf } from '@keyward/shared/permissions';
import type { RateLimitRule } from '@keyward/shared/rate-limit';
import type { KeyKind, Tier } from '@keyward/shared/service-profile';
import { eq } from 'drizzle-orm';
import { isAdmin, isOperator, requirePermission } from '../authorize.ts';
import type { OrganizationContext } from '../context.ts';
import type { Transaction } from '../database/connect-database.ts';
import { keys } from '../database/schema/keys.ts';
import { services } from '../database/schema/services.ts';

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
 * Refuses a grant that the actor does not hold itself. Operators hold everything; an admin everything
 * of their organization; a member what is not admin-only; a key what it was granted, in its own service.
 * @param ownService the slug of the service that a calling key belongs to.
 */
export function requireMayGrant(
  context: OrganizationContext,
  input: Pick<CreateKeyInput, 'permissions' | 'service'>,
  ownService: string | null,
): void {
  const { actor } = context;
  if (isOperator(actor) || isAdmin(context)) {
    return;
  }
  const refused = input.permissions.find((asked) =>
    actor.type === 'key'
      ? !covers(actor.permissions, asked) ||
        // The same name means another thing in another service.
        !(isBuiltInResource(resourceOf(asked)) || input.service === ownService)
      : isAdminOnly(asked),
  );
  if (refused !== undefined) {
    throw new DomainError(
      'insufficient_permissions',
      actor.type === 'key'
        ? `This key cannot grant ${refused}, which it does not hold itself: ask an admin to do it.`
        : `Only an owner or admin may grant ${refused}: leave it out, or ask one of them.`,
    );
  }
}

/** Refuses a limit above the tier's: what was sold is raised by the operator alone. */
export function requireWithinTier(
  context: OrganizationContext,
  asked: RateLimitRule | null | undefined,
  tier: Tier,
): void {
  if (asked === undefined || tier.rateLimit === null || isOperator(context.actor)) {
    return;
  }
  if (asked === null || mostWithin(asked, tier.rateLimit.windowSeconds) > tier.rateLimit.limit) {
    const { limit, windowSeconds } = tier.rateLimit;
    throw invalidField(
      'rateLimit',
      `The tier ${tier.name} allows ${limit} in ${windowSeconds} s: ask for less, or take another tier.`,
    );
  }
}

/** The slug of the service that a calling key belongs to; null for actors whose grants it does not bound. */
export async function findOwnService(
  transaction: Transaction,
  { actor }: OrganizationContext,
): Promise<string | null> {
  if (actor.type !== 'key' || isOperator(actor)) {
    return null;
  }
  const [own] = await transaction
    .select({ slug: services.slug })
    .from(services)
    .innerJoin(keys, eq(keys.serviceId, services.id))
    .where(eq(keys.id, actor.keyId));
  return own?.slug ?? null;
}

/** The most that a rule lets through in so many seconds: a longer window may spend all of itself in them. */
function mostWithin(rule: RateLimitRule, seconds: number): number {
  return rule.limit * Math.ceil(seconds / rule.windowSeconds);
}
