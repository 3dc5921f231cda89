import { z } from 'zod';
import {
  isBuiltInResource,
  permissionList,
  resourceName,
  unknownPermissions,
} from './permissions.ts';
import { rateLimitRule } from './rate-limit.ts';
import { secretPrefixPattern } from './secret-format.ts';
import { line, slug } from './text.ts';

export const environments = ['live', 'test'] as const;
export type Environment = (typeof environments)[number];

export const keyKinds = ['user', 'bot'] as const;
export type KeyKind = (typeof keyKinds)[number];

const secretPrefix = z
  .string()
  .max(32)
  .regex(
    secretPrefixPattern,
    'Use lower-case letters, digits and _, ending in _, such as hk_live_.',
  );

/** A century: a date can hold it, and nobody means more. */
export const maximumLifetimeSeconds = 100 * 365 * 86_400;

export const lifetimeSeconds = z.int().min(1).max(maximumLifetimeSeconds, 'Use at most 100 years.');

const resource = z.strictObject({
  name: resourceName.refine(
    (name) => !isBuiltInResource(name),
    'This resource is built in: every service has it already.',
  ),
  description: line(200),
  actions: z
    .array(z.strictObject({ name: resourceName, description: line(200) }))
    .min(1)
    .max(20),
});

const tier = z.strictObject({
  name: slug,
  description: line(200),
  /** A tier without a prefix for an environment has no keys there. */
  prefixes: z
    .strictObject({ live: secretPrefix.optional(), test: secretPrefix.optional() })
    .refine(
      (prefixes) => prefixes.live ?? prefixes.test,
      'Give a prefix for live, for test or for both.',
    ),
  rateLimit: rateLimitRule.nullable(),
});

const unique = (values: readonly string[]) => new Set(values).size === values.length;

/** How the keys of a service look and what they can be granted. */
export const serviceProfile = z
  .strictObject({
    slug,
    name: line(80),
    description: line(400),
    header: z.strictObject({
      name: z
        .string()
        .regex(/^[A-Za-z][A-Za-z0-9-]{0,63}$/, 'Write a header name, such as X-Api-Key.'),
      /** `Bearer` in `Authorization: Bearer <key>`; null where the header holds the bare key. */
      scheme: z
        .string()
        .regex(/^[A-Za-z]{1,32}$/, 'Write a scheme, such as Bearer.')
        .nullable(),
    }),
    resources: z
      .array(resource)
      .max(50)
      .refine((list) => unique(list.map((one) => one.name)), 'Two resources have the same name.'),
    tiers: z
      .array(tier)
      .min(1, 'A service needs at least one tier.')
      .max(20)
      .refine((list) => unique(list.map((one) => one.name)), 'Two tiers have the same name.'),
    defaults: z.strictObject({
      tier: slug,
      /** Lifetime of a new key, in seconds; null for one that does not expire. */
      expiresInSeconds: lifetimeSeconds.nullable(),
      permissions: permissionList,
    }),
    /** How many live user keys one member may hold; null for any number. */
    userKeysPerMember: z.int().min(1).max(1000).nullable(),
    kinds: z.array(z.enum(keyKinds)).min(1, 'Allow user keys, bot keys or both.').refine(unique),
  })
  .superRefine((profile, context) => {
    if (!profile.tiers.some((one) => one.name === profile.defaults.tier)) {
      context.addIssue({
        code: 'custom',
        path: ['defaults', 'tier'],
        message: 'Name one of the tiers of this profile.',
      });
    }
    for (const name of unknownPermissions(profile.defaults.permissions, profile.resources)) {
      context.addIssue({
        code: 'custom',
        path: ['defaults', 'permissions'],
        message: `${name} is no permission of this profile.`,
      });
    }
  });

export type ServiceProfile = z.infer<typeof serviceProfile>;
export type Tier = ServiceProfile['tiers'][number];
