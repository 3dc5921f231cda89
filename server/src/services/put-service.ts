import { DomainError, invalidField } from '@keyward/shared/errors';
import type { Receipt } from '@keyward/shared/keys';
import { keyward } from '@keyward/shared/presets/keyward';
import { servicePresets } from '@keyward/shared/service-presets';
import type { ServiceProfile } from '@keyward/shared/service-profile';
import type { PutServiceInput, Service } from '@keyward/shared/services';
import { and, eq, notInArray, sql } from 'drizzle-orm';
import { instanceChain, recordAuditEvent } from '../audit/record-audit-event.ts';
import { asOperator, requireOperator } from '../authorize.ts';
import type { ActorContext } from '../context.ts';
import { takeLock } from '../database/advisory-lock.ts';
import type { Transaction } from '../database/connect-database.ts';
import { createId } from '../database/create-id.ts';
import { keys } from '../database/schema/keys.ts';
import { services } from '../database/schema/services.ts';
import { changeAuthority } from '../verification/authority/change-authority.ts';
import { presentService } from './present-service.ts';

export interface PutServiceOptions {
  /** When the catalog last changed as far as the caller knows; null for a slug that is to be free. */
  expectedUpdatedAt?: string | null | undefined;
}

/** Puts a service in place under this slug, or replaces its profile. For operators. */
export async function putService(
  context: ActorContext,
  slug: string,
  input: PutServiceInput,
): Promise<Service> {
  return (await putServiceWithReceipt(context, slug, input)).service;
}

/** As putService, and says since when it is true on every node. */
export async function putServiceWithReceipt(
  context: ActorContext,
  slug: string,
  input: PutServiceInput,
  options: PutServiceOptions = {},
): Promise<{ service: Service; receipt: Receipt }> {
  const { result, receipt } = await changeAuthority(context.database, (transaction) =>
    writeService(transaction, context, slug, input, options),
  );
  return { service: result, receipt };
}

/** As putService, within a transaction whose end somebody else waits for. */
export async function writeService(
  transaction: Transaction,
  context: ActorContext,
  slug: string,
  input: PutServiceInput,
  { expectedUpdatedAt }: PutServiceOptions = {},
): Promise<Service> {
  requireOperator(context.actor);
  const profile = 'preset' in input ? { ...servicePresets[input.preset], slug } : input;
  requireOwnSlug(profile, slug);
  // Two that put the same slug for the first time take turns, and one of them makes it.
  await takeLock(transaction, `service ${slug}`);
  const id = createId('service');
  const [before] = await transaction
    .select()
    .from(services)
    .where(eq(services.slug, slug))
    .for('update');
  requireExpected(before?.updatedAt ?? null, expectedUpdatedAt, slug);
  if (before !== undefined) {
    await refuseTiersInUse(transaction, before.id, profile);
  }
  const [row] = await transaction
    .insert(services)
    .values({ id, slug, profile })
    .onConflictDoUpdate({ target: services.slug, set: { profile, updatedAt: sql`now()` } })
    .returning();
  if (row === undefined) {
    throw new Error('The service was not returned.');
  }
  await recordAuditEvent(transaction, asOperator(context), {
    chain: instanceChain,
    action: before === undefined ? 'service.created' : 'service.updated',
    target: { type: 'service', id: row.id },
    data: { before: before?.profile ?? null, after: profile },
  });
  return presentService(row);
}

function requireOwnSlug(profile: ServiceProfile, slug: string): void {
  if (profile.slug !== slug) {
    throw invalidField('slug', `Write the slug of the address here too: ${slug}.`);
  }
  if (slug === keyward.slug) {
    throw new DomainError(
      'conflict',
      'keyward is built in and cannot be replaced: take another slug.',
    );
  }
}

// Two operators who edit at the same time would undo each other's work without a word.
function requireExpected(
  updatedAt: Date | null,
  expected: string | null | undefined,
  slug: string,
): void {
  if (expected === undefined || expected === (updatedAt?.toISOString() ?? null)) {
    return;
  }
  throw new DomainError(
    'conflict',
    expected === null
      ? `There is a service ${slug} already: choose another slug.`
      : `${slug} was changed by somebody else in the meantime: load it anew, then change it again.`,
  );
}

// A key whose tier is gone would lose its rate limit without anybody having said so.
async function refuseTiersInUse(
  transaction: Transaction,
  serviceId: string,
  profile: ServiceProfile,
): Promise<void> {
  const kept = profile.tiers.map((tier) => tier.name);
  const [orphan] = await transaction
    .select({ tier: keys.tier })
    .from(keys)
    .where(and(eq(keys.serviceId, serviceId), notInArray(keys.tier, kept)))
    .limit(1);
  if (orphan !== undefined) {
    throw new DomainError(
      'conflict',
      `Keys of the tier ${orphan.tier} exist: keep that tier in the profile.`,
    );
  }
}
