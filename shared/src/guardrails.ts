import { z } from 'zod';
import { permissionList } from './permissions.ts';

/** Rules of an organization for its own keys. What is null or empty demands nothing. */
export const guardrails = z.strictObject({
  /** Longest time from creation to expiry, in seconds; a key without expiry does not comply. */
  maximumLifetimeSeconds: z.int().min(60).nullable().default(null),
  /** A key that holds one of these must have an IP allowlist. */
  ipAllowlistRequiredFor: permissionList.default([]),
  /** Keys that were not used for this many days are suspended. */
  suspendAfterUnusedDays: z.int().min(1).max(3650).nullable().default(null),
});

export type Guardrails = z.infer<typeof guardrails>;
