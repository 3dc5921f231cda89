import { invalidField } from '@keyward/shared/errors';
import type { CreateKeyInput, Key } from '@keyward/shared/keys';
import type { KeyKind } from '@keyward/shared/service-profile';
import { eq } from 'drizzle-orm';
import { recordAuditEvent } from '../audit/record-audit-event.ts';
import { describeActor, type OrganizationContext } from '../context.ts';
import type { Transaction } from '../database/connect-database.ts';
import { createId } from '../database/create-id.ts';
import { readClock } from '../database/read-clock.ts';
import { keySecrets, keys } from '../database/schema/keys.ts';
import { services } from '../database/schema/services.ts';
import { chooseExpiry, chooseTier } from './choose-from-profile.ts';
import { findIdempotentKey, type Idempotency } from './find-idempotent-key.ts';
import { requireGuardrails } from './guardrails.ts';
import {
  findOwnService,
  requireMayCreate,
  requireMayGrant,
  requireWithinTier,
} from './may-grant.ts';
import { mintSecret } from './mint-secret.ts';
import { readKeys } from './read-keys.ts';
import { requireRoomForUserKey } from './require-room-for-user-key.ts';

export interface CreatedKey {
  key: Key;
  /** The plaintext, here and nowhere else; null when an Idempotency-Key was repeated. */
  secret: string | null;
}

export interface CreateKeyOptions {
  idempotency?: Idempotency | undefined;
  /** Makes an operator's key. For the command line. */
  allOrganizations?: boolean;
}

/** Makes a key and its secret. What the input leaves out comes from the service's defaults. */
export async function createKey(
  context: OrganizationContext,
  input: CreateKeyInput & { kind: KeyKind },
  options: CreateKeyOptions = {},
): Promise<CreatedKey> {
  requireMayCreate(context, input.kind);
  return context.database.transaction(async (transaction) => {
    const repeated = await findIdempotentKey(transaction, context, options.idempotency);
    if (repeated !== null) {
      return { key: repeated, secret: null };
    }
    const service = await lockService(transaction, input.service);
    const { tier, prefix } = chooseTier(service.profile, input);
    requireMayGrant(context, input, await findOwnService(transaction, context));
    requireWithinTier(context, input.rateLimit, tier);
    const now = await readClock(transaction);
    const expiresAt = chooseExpiry(input, service.profile, now);
    await requireGuardrails(transaction, context, { ...input, expiresAt, createdAt: now });
    const userId = input.kind === 'user' ? requireUserId(context) : null;
    if (userId !== null) {
      await requireRoomForUserKey(transaction, context, { userId, service });
    }

    const id = createId('key');
    const { plaintextSecret, ...secret } = mintSecret(prefix);
    await transaction.insert(keys).values({
      id,
      organizationId: context.organizationId,
      serviceId: service.id,
      kind: input.kind,
      userId,
      environment: input.environment,
      tier: tier.name,
      name: input.name,
      permissions: input.permissions,
      rateLimit: input.rateLimit === null ? 'none' : input.rateLimit,
      ipAllowlist: input.ipAllowlist,
      expiresAt,
      externalId: input.externalId,
      metadata: input.metadata,
      allOrganizations: options.allOrganizations ?? false,
      createdBy: describeActor(context.actor),
      idempotencyKey: options.idempotency?.key,
      idempotencyHash: options.idempotency?.requestHash,
    });
    await transaction.insert(keySecrets).values({ id: createId('secret'), keyId: id, ...secret });
    const [key] = await readKeys(transaction, eq(keys.id, id), 1);
    if (key === undefined) {
      throw new Error('The key that was made cannot be read.');
    }
    await recordAuditEvent(transaction, context, {
      chain: context.organizationId,
      action: 'key.created',
      target: { type: 'key', id },
      data: { after: key },
    });
    return { key, secret: plaintextSecret };
  });
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
