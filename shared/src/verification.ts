import { z } from 'zod';
import { key as keyContract } from './keys.ts';
import { outcomes } from './outcomes.ts';
import { permission, permissionList } from './permissions.ts';
import { slug, timestamp } from './text.ts';

/** The most that one request may consume of a limit. */
export const cost = z.int().min(0).max(1_000_000);

export const verifyKeyInput = z.strictObject({
  /** As it was presented: one that is too long to be a key is judged, and not found. */
  key: z.string().min(1, 'Send the key that was presented.'),
  permissions: permissionList.default([]),
  service: slug.optional(),
  ip: z.union([z.ipv4(), z.ipv6()], 'Write an IPv4 or IPv6 address.').optional(),
  cost: cost.default(1),
  explain: z.boolean().default(false),
});

export type VerifyKeyInput = z.infer<typeof verifyKeyInput>;

/** What an admin asks about a secret that was refused. */
export const explainKeyInput = verifyKeyInput.omit({ explain: true });

export type ExplainKeyInput = z.infer<typeof explainKeyInput>;

export const gateNames = [
  'existence',
  'revocation',
  'rotation',
  'expiry',
  'suspension',
  'organization',
  'serviceStatus',
  'service',
  'ip',
  'permission',
  'rateLimit',
] as const;

export const gate = z.strictObject({
  gate: z.enum(gateNames),
  passed: z.boolean(),
  detail: z.string(),
});

export type Gate = z.infer<typeof gate>;

export const verification = z
  .strictObject({
    valid: z.boolean(),
    code: z.enum(outcomes),
    requestId: z.string(),
    key: keyContract
      .pick({
        id: true,
        name: true,
        kind: true,
        environment: true,
        tier: true,
        start: true,
        last4: true,
        expiresAt: true,
        externalId: true,
        metadata: true,
      })
      .optional(),
    organization: z.strictObject({ id: z.string(), slug: z.string(), name: z.string() }).optional(),
    user: keyContract.shape.user.optional(),
    service: z.string().optional(),
    permissions: z.array(permission).optional(),
    rateLimit: z
      .strictObject({
        limit: z.int(),
        remaining: z.int(),
        windowSeconds: z.int(),
        resetAt: timestamp.nullable(),
      })
      .nullable()
      .optional(),
    gates: z.array(gate).optional(),
  })
  .meta({ id: 'Verification' });

export type Verification = z.infer<typeof verification>;

/** A key's view of itself. */
export const selfTest = verification
  .extend({ usage: keyContract.shape.usage.omit({ lastUsedIp: true }) })
  .meta({ id: 'SelfTest' });
