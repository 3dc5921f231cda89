import { invalidField } from '@keyward/shared/errors';
import type { CreateKeyInput } from '@keyward/shared/keys';
import type { KeyKind } from '@keyward/shared/service-profile';
import { eq } from 'drizzle-orm';
import type { OrganizationContext } from '../context.ts';
import type { Transaction } from '../database/connect-database.ts';
import { readClock } from '../database/read-clock.ts';
import type { keys } from '../database/schema/keys.ts';
import { services } from '../database/schema/services.ts';
import { effectiveRateLimit } from '../verification/key-facts.ts';
import { chooseExpiry, chooseTier } from './choose-from-profile.ts';
import { requireGuardrails } from './guardrails.ts';
import { requireMayGrant, requireWithinTier } from './may-grant.ts';
import { findOwnStrength, requireNoStronger } from './no-stronger.ts';
import { requireRoomForUserKey } from './require-room-for-user-key.ts';

/** What a grant is stored as, but for who made it and when. */
export type GrantColumns = Omit<typeof keys.$inferInsert, 'id' | 'createdBy'>;

/**
 * Judges whether the actor may grant what is asked, and says how it is stored and with which prefix its
 * secret begins. Holds the service, and the membership of a user key, until the transaction ends.
 */
export async function grantKey(
  transaction: Transaction,
  context: OrganizationContext,
  input: CreateKeyInput & { kind: KeyKind },
): Promise<{ prefix: string; columns: GrantColumns }> {
  const service = await lockService(transaction, input.service);
  const { tier, prefix } = chooseTier(service.profile, input);
  const own = await findOwnStrength(transaction, context);
  requireMayGrant(context, input, own);
  requireWithinTier(context, input.rateLimit, tier);
  const now = await readClock(transaction);
  const expiresAt = chooseExpiry(input, service.profile, now);
  const rateLimit = input.rateLimit === null ? 'none' : input.rateLimit;
  if (own !== null) {
    const { service: slug, environment, ipAllowlist } = input;
    const effective = effectiveRateLimit({ rateLimit, tier: tier.name }, service.profile.tiers);
    requireNoStronger(own, {
      service: slug,
      environment,
      ipAllowlist,
      expiresAt,
      rateLimit: effective,
    });
  }
  await requireGuardrails(transaction, context, { ...input, expiresAt, createdAt: now });
  const userId = input.kind === 'user' ? requireUserId(context) : null;
  if (userId !== null) {
    await requireRoomForUserKey(transaction, context, { userId, service });
  }
  return {
    prefix,
    columns: {
      organizationId: context.organizationId,
      serviceId: service.id,
      kind: input.kind,
      userId,
      environment: input.environment,
      tier: tier.name,
      name: input.name,
      permissions: input.permissions,
      rateLimit,
      ipAllowlist: input.ipAllowlist,
      expiresAt,
      externalId: input.externalId,
      metadata: input.metadata,
    },
  };
}

type LockedService = Pick<typeof services.$inferSelect, 'id' | 'slug' | 'profile'>;

// Shared with other creations; a change of the profile waits until they are done.
async function lockService(transaction: Transaction, slug: string): Promise<LockedService> {
  const [service] = await transaction
    .select()
    .from(services)
    .where(eq(services.slug, slug))
    .for('share');
  if (service === undefined) {
    throw invalidField('service', `There is no service ${slug}: list the services to see all.`);
  }
  if (service.disabledAt !== null) {
    throw invalidField('service', `The service ${slug} is disabled: ask the operator.`);
  }
  return service;
}

function requireUserId({ actor }: OrganizationContext): string {
  if (actor.type !== 'user') {
    throw new Error('Only a user makes a user key.');
  }
  return actor.userId;
}
