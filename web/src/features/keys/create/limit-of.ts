import type { RateLimitRule } from '@keyward/shared/rate-limit';
import type { ServiceProfile } from '@keyward/shared/service-profile';
import type { KeyDraft } from './key-draft.ts';

/** The whole number that was typed, with or without spaces and commas; null for anything else. */
export function readCount(typed: string): number | null {
  const digits = typed.replace(/[\s,]/g, '');
  return /^\d+$/.test(digits) ? Number(digits) : null;
}

/** The limit that counts for a draft; null for none, undefined while one of its own is not written. */
export function limitOf(
  { limitSource, limit, windowSeconds, tier }: KeyDraft,
  { tiers }: ServiceProfile,
): RateLimitRule | null | undefined {
  if (limitSource === 'none') {
    return null;
  }
  if (limitSource === 'tier') {
    return tiers.find((one) => one.name === tier)?.rateLimit ?? null;
  }
  const count = readCount(limit);
  return count === null || count < 1
    ? undefined
    : { limit: count, windowSeconds: Number(windowSeconds) };
}
