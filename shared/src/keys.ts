import { z } from 'zod';
import { idParameter } from './ids.ts';
import { metadata } from './metadata.ts';
import { permission, permissionList } from './permissions.ts';
import { rateLimitRule } from './rate-limit.ts';
import { secretMaximumLength } from './secret-format.ts';
import { environments, keyKinds, lifetimeSeconds } from './service-profile.ts';
import { line, slug, timestamp } from './text.ts';
import { wholeNumber, wholeNumberOr } from './whole-number.ts';

export const keyStatuses = ['active', 'suspended', 'expired', 'revoked'] as const;
export type KeyStatus = (typeof keyStatuses)[number];

const address = z
  .union(
    [z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()],
    'Write an IPv4 or IPv6 address or a range, such as 203.0.113.0/24.',
  )
  .refine((text) => /^[^/]+(\/\d{1,3})?$/.test(text), 'Write the length of the range in digits.');

const ipAllowlist = z.array(address).max(100, 'Use at most 100 addresses.');

const futureMoment = z.iso.datetime({
  offset: true,
  error: 'Write a time in ISO 8601, such as 2027-01-31T00:00:00Z.',
});

/** Who made something: a user, a key, or Keyward itself. */
export const createdBy = z.strictObject({
  type: z.enum(['user', 'key', 'system']),
  id: z.string().nullable(),
  name: z.string(),
});

export type CreatedBy = z.infer<typeof createdBy>;

/** A key as admins see it. Never a hash, and never a secret. */
export const key = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    kind: z.enum(keyKinds),
    service: z.string(),
    environment: z.enum(environments),
    tier: z.string(),
    start: z.string(),
    last4: z.string(),
    status: z.enum(keyStatuses),
    permissions: z.array(permission),
    rateLimit: rateLimitRule.nullable(),
    ipAllowlist: z.array(z.string()),
    expiresAt: timestamp.nullable(),
    externalId: z.string().nullable(),
    metadata: z.record(z.string(), z.json()),
    user: z.strictObject({ id: z.string(), email: z.string(), name: z.string() }).nullable(),
    createdBy,
    createdAt: timestamp,
    updatedAt: timestamp,
    revokedAt: timestamp.nullable(),
    secrets: z.array(
      z.strictObject({
        start: z.string(),
        last4: z.string(),
        createdAt: timestamp,
        retiresAt: timestamp.nullable(),
        lastUsedAt: timestamp.nullable(),
      }),
    ),
    usage: z.strictObject({
      totalRequests: z.int(),
      lastUsedAt: timestamp.nullable(),
      lastUsedIp: z.string().nullable(),
    }),
  })
  .meta({ id: 'Key' });

export type Key = z.infer<typeof key>;

/** What returns when a change of authority is true on every node. Times in milliseconds and UTC. */
export const receipt = z
  .strictObject({
    revision: z.int(),
    nodes: z.int(),
    waitedMs: z.number(),
    effectiveAt: timestamp,
  })
  .meta({ id: 'Receipt' });

export type Receipt = z.infer<typeof receipt>;

/** What the maker of a bot key says. What is left out comes from the service's defaults. */
export const createKeyInput = z
  .strictObject({
    name: line(100),
    service: slug,
    permissions: permissionList,
    environment: z.enum(environments).default('live'),
    tier: slug.optional(),
    /** Left out: the tier's. Null: no limit of its own. */
    rateLimit: rateLimitRule.nullable().optional(),
    ipAllowlist: ipAllowlist.default([]),
    expiresAt: futureMoment.nullable().optional(),
    expiresInSeconds: lifetimeSeconds.optional(),
    externalId: line(200).nullable().default(null),
    metadata: metadata.default({}),
  })
  .refine((input) => input.expiresAt === undefined || input.expiresInSeconds === undefined, {
    path: ['expiresInSeconds'],
    message: 'Give expiresAt or expiresInSeconds, not both.',
  });

export type CreateKeyInput = z.infer<typeof createKeyInput>;

const keyChanges = z
  .strictObject({
    name: line(100),
    permissions: permissionList,
    tier: slug,
    rateLimit: rateLimitRule.nullable(),
    ipAllowlist,
    expiresAt: futureMoment.nullable(),
    externalId: line(200).nullable(),
    metadata,
    status: z.enum(['active', 'suspended']),
  })
  .partial();

const isChange = (changes: object) => Object.keys(changes).length > 0;
const noChange = 'Name at least one field to change.';

/** What may be changed of a key. What is left out stays as it is. */
export const updateKeyInput = keyChanges.refine(isChange, noChange);

/** In the console a key also takes its tier's limit again. */
const updateKeyInConsoleInput = keyChanges
  .extend({ rateLimit: z.union([rateLimitRule, z.null(), z.literal('tier')]).optional() })
  .refine(isChange, noChange);

export type UpdateKeyInput = z.infer<typeof updateKeyInConsoleInput>;

/** Lists that are replaced as a whole, as they stood when it was decided what is to be in their place. */
const seenOfKey = z.strictObject({ permissions: permissionList, ipAllowlist }).partial();

export type SeenOfKey = z.infer<typeof seenOfKey>;

export const updateKeyByIdInput = z.strictObject({
  id: idParameter,
  changes: updateKeyInConsoleInput,
  /** Where one of these is another by now, nothing is changed. */
  seen: seenOfKey.optional(),
});

export const importedKey = createKeyInput.safeExtend({
  /** SHA-256 of the whole secret, in hex. The secret itself stays where it is. */
  secretSha256: z
    .string()
    .toLowerCase()
    .regex(/^[0-9a-f]{64}$/, 'Write the SHA-256 of the secret as 64 hex digits.'),
  /** What admins see of the secret: how it begins and ends. */
  start: line(32).optional(),
  last4: line(4).optional(),
});

export type ImportedKey = z.infer<typeof importedKey>;

export const importKeysInput = z.strictObject({
  keys: z.array(importedKey).min(1).max(1000, 'Import at most 1,000 keys at once.'),
});

/** How many keys were made, and how many were not because their secret is known already. */
export const importedKeys = z
  .strictObject({ imported: z.int(), skipped: z.int() })
  .meta({ id: 'ImportedKeys' });

export const identifyKeyInput = z.strictObject({ key: z.string().min(1).max(secretMaximumLength) });

/** In the console a member makes a user key too. */
export const createKeyOfKindInput = createKeyInput.safeExtend({ kind: z.enum(keyKinds) });

/** The answer to a rotation: the same key with its second secret, which stands here alone. */
export const rotatedKey = z.strictObject({ key, secret: z.string() }).meta({ id: 'RotatedKey' });

/** The answer to creation: the only place in which a secret stands, and null on a repeat. */
export const createdKey = z
  .strictObject({ key, secret: z.string().nullable() })
  .meta({ id: 'CreatedKey' });

/** A key after a change, and the proof that the change is true on every node. */
export const changedKey = z.strictObject({ key, receipt }).meta({ id: 'ChangedKey' });

export const keyIdInput = z.strictObject({ id: idParameter });

/** The addresses of a key, judged by its own allowlist or by the one that is named. */
export const keyAddressesInput = keyIdInput.extend({ ipAllowlist: ipAllowlist.optional() });

export type KeyAddressesInput = z.infer<typeof keyAddressesInput>;

/** Filters of a list of keys. `q` searches in names, last four and external ids. */
export const listKeysInput = z.strictObject({
  status: z.enum(keyStatuses).optional(),
  kind: z.enum(keyKinds).optional(),
  service: slug.optional(),
  environment: z.enum(environments).optional(),
  q: line(100).optional(),
  externalId: line(200).optional(),
  unusedForDays: wholeNumber(1, 3650).optional(),
  limit: wholeNumberOr(50, 1, 200),
  cursor: z.string().min(1).max(64).optional(),
});

export type ListKeysInput = z.infer<typeof listKeysInput>;

/** What the console filters by beside: whose keys they are, and which of them want attention. */
export const searchKeysInput = listKeysInput.extend({
  /** A member's user keys. */
  ownerId: idParameter.optional(),
  /** Neither revoked nor expired, but soon to expire. */
  expiringWithinDays: z.int().min(1).max(3650).optional(),
  neverUsed: z.literal(true).optional(),
  /** Used in the last 30 days, and not everything that it holds. */
  overPrivileged: z.literal(true).optional(),
  createdBeforeDays: z.int().min(1).max(3650).optional(),
  /** In the last seven days. */
  refusedALot: z.literal(true).optional(),
  /** Neither revoked nor expired, with a secret that was found in the open. */
  exposed: z.literal(true).optional(),
});

export type SearchKeysInput = z.infer<typeof searchKeysInput>;

/** The next keys to review; `first` comes before all others if it is due. */
export const listReviewInput = z.strictObject({
  first: idParameter.optional(),
  cursor: z.string().min(1).max(100).optional(),
});

export type ListReviewInput = z.infer<typeof listReviewInput>;

export const keyPage = z
  .strictObject({ data: z.array(key), nextCursor: z.string().nullable() })
  .meta({ id: 'KeyPage' });

/** Makes a bot key in a leaver's key's place; the name is the bot key's. */
export const handOverKeyInput = z.strictObject({ id: idParameter, name: line(100) });
