import type { AuditAction } from '@keyward/shared/audit';
import { DomainError } from '@keyward/shared/errors';
import type { SeenOfKey, UpdateKeyInput } from '@keyward/shared/keys';
import { covers } from '@keyward/shared/permissions';
import type { RateLimitRule } from '@keyward/shared/rate-limit';
import { eq, type SQL, sql } from 'drizzle-orm';
import type { OrganizationContext } from '../context.ts';
import type { Transaction } from '../database/connect-database.ts';
import { readClock } from '../database/read-clock.ts';
import { keys } from '../database/schema/keys.ts';
import { services } from '../database/schema/services.ts';
import { effectiveRateLimit } from '../verification/key-facts.ts';
import { type ChangedKey, changeKey, type KeyRow } from './change-key.ts';
import {
  requireFuture,
  requireKnownPermissions,
  requirePrefix,
  requireTier,
} from './choose-from-profile.ts';
import { requireGuardrails } from './guardrails.ts';
import { requireMayGrant, requireWithinTier } from './may-grant.ts';
import { requireMayLoosen } from './may-loosen.ts';
import { findOwnStrength, requireNoStronger, type Strength } from './no-stronger.ts';
import { holdsInVain } from './over-privileged.ts';
import { readKeys } from './read-keys.ts';

/**
 * Changes what is named of a key, and returns when no node acts on the key as it was.
 * @param seen lists as the caller knows them; throws `conflict` where somebody has changed one since.
 */
export function updateKey(
  context: OrganizationContext,
  keyId: string,
  changes: UpdateKeyInput,
  seen: SeenOfKey = {},
): Promise<ChangedKey> {
  return changeKey(context, keyId, {
    permission: 'apiKeys:update',
    async make(transaction, key) {
      if (key.revokedAt !== null) {
        throw new DomainError('conflict', 'This key is revoked for good: create another.');
      }
      requireAsSeen(key, seen);
      await requireAllowed(transaction, context, key, changes);
      const before = await present(transaction, keyId);
      await transaction.update(keys).set(toColumns(key, changes)).where(eq(keys.id, keyId));
      const after = await present(transaction, keyId);
      return { action: actionOf(key, changes), data: { before, after } };
    },
  });
}

// A list replaces another as a whole: one that rests on an older look would give back what somebody took.
function requireAsSeen(key: KeyRow, { permissions, ipAllowlist }: SeenOfKey): void {
  const isSame = (now: readonly string[], then: readonly string[] = now) =>
    now.toSorted().join(' ') === then.toSorted().join(' ');
  if (!isSame(key.permissions, permissions)) {
    throw new DomainError(
      'conflict',
      'Somebody has changed the permissions of this key meanwhile: look at them, then change them again.',
    );
  }
  if (!isSame(key.ipAllowlist, ipAllowlist)) {
    throw new DomainError(
      'conflict',
      'Somebody has changed the allowed addresses of this key meanwhile: look at them, then change them again.',
    );
  }
}

async function requireAllowed(
  transaction: Transaction,
  context: OrganizationContext,
  key: KeyRow,
  changes: UpdateKeyInput,
): Promise<void> {
  const [service] = await transaction
    .select()
    .from(services)
    .where(eq(services.id, key.serviceId))
    .for('share');
  if (service === undefined) {
    throw new Error('The service of a key is gone.');
  }
  if (changes.tier !== undefined) {
    requirePrefix(service.profile, requireTier(service.profile, changes.tier), key.environment);
  }
  const tier = service.profile.tiers.find((one) => one.name === (changes.tier ?? key.tier));
  const permissions = changes.permissions ?? key.permissions;
  requireKnownPermissions(service.profile, changes.permissions ?? []);
  const own = await findOwnStrength(transaction, context);
  // What the key holds already is not granted again, nor is a single action of a whole resource.
  const added = permissions.filter((asked) => !covers(key.permissions, asked));
  requireMayGrant(context, { permissions: added, service: service.slug }, own);
  if (tier !== undefined) {
    requireWithinTier(context, askedRateLimit(key, changes), tier);
  }
  requireMayLoosen(context, key, changes);
  const now = await readClock(transaction);
  const expiresAt =
    changes.expiresAt === undefined ? key.expiresAt : requireFuture(changes.expiresAt, now);
  if (own !== null) {
    requireNoStronger(own, changedStrength(key, changes, { own, expiresAt, service }));
  }
  await requireGuardrails(
    transaction,
    context,
    {
      permissions,
      expiresAt,
      ipAllowlist: changes.ipAllowlist ?? key.ipAllowlist,
      createdAt: key.createdAt,
    },
    {
      permissions: key.permissions,
      expiresAt: key.expiresAt,
      ipAllowlist: key.ipAllowlist,
      createdAt: key.createdAt,
    },
  );
}

/** The strength that a key gains by a change; what is not changed counts as no stronger than the maker. */
function changedStrength(
  key: KeyRow,
  changes: UpdateKeyInput,
  {
    own,
    expiresAt,
    service,
  }: { own: Strength; expiresAt: Date | null; service: typeof services.$inferSelect },
): Strength {
  const limitChanges = changes.rateLimit !== undefined || changes.tier !== undefined;
  const rateLimit =
    changes.rateLimit === undefined ? key.rateLimit : storedRateLimit(changes.rateLimit);
  const tier = changes.tier ?? key.tier;
  return {
    service: service.slug,
    environment: own.environment,
    ipAllowlist: changes.ipAllowlist ?? own.ipAllowlist,
    expiresAt: changes.expiresAt === undefined ? own.expiresAt : expiresAt,
    rateLimit: limitChanges
      ? effectiveRateLimit({ rateLimit, tier }, service.profile.tiers)
      : own.rateLimit,
  };
}

/** The limit that must fit the tier: the one that is asked for, or the key's own where its tier changes. */
function askedRateLimit(key: KeyRow, changes: UpdateKeyInput): RateLimitRule | null | undefined {
  if (changes.rateLimit === 'tier') {
    return undefined;
  }
  if (changes.rateLimit !== undefined || changes.tier === undefined || key.rateLimit === null) {
    return changes.rateLimit;
  }
  return key.rateLimit === 'none' ? null : key.rateLimit;
}

function toColumns(key: KeyRow, changes: UpdateKeyInput) {
  const { status, rateLimit, expiresAt, ...plain } = changes;
  // A suspension that goes on keeps its beginning.
  const suspendedAt: Date | SQL | null =
    status === 'active' ? null : (key.suspendedAt ?? sql`now()`);
  return {
    ...withoutUndefined(plain),
    ...(rateLimit !== undefined && { rateLimit: storedRateLimit(rateLimit) }),
    ...(expiresAt !== undefined && { expiresAt: expiresAt === null ? null : new Date(expiresAt) }),
    ...(status !== undefined && { suspendedAt }),
    ...(changes.permissions !== undefined && {
      holdsInVain: holdsInVain(sql`${sql.param(changes.permissions, keys.permissions)}::text[]`),
    }),
    updatedAt: sql`now()`,
  };
}

/** As the column has it: null for the tier's. */
function storedRateLimit(asked: RateLimitRule | 'tier' | null): KeyRow['rateLimit'] {
  return asked === 'tier' ? null : (asked ?? 'none');
}

type Defined<Type> = { [Name in keyof Type]?: Exclude<Type[Name], undefined> };

function withoutUndefined<Type extends object>(value: Type): Defined<Type> {
  // Entries lose the types of their values; the filter is what Defined says.
  return Object.fromEntries(
    Object.entries(value).filter(([, one]) => one !== undefined),
  ) as Defined<Type>;
}

function actionOf(key: KeyRow, { status }: UpdateKeyInput): AuditAction {
  if (status === 'suspended' && key.suspendedAt === null) {
    return 'key.suspended';
  }
  return status === 'active' && key.suspendedAt !== null ? 'key.resumed' : 'key.updated';
}

async function present(transaction: Transaction, keyId: string) {
  const [key] = await readKeys(transaction, eq(keys.id, keyId), 1);
  return key ?? null;
}
