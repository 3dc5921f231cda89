import type { RateLimitRule } from './rate-limit.ts';

/** The most that a rule lets through in so many seconds: a longer window may spend all of itself in them. */
export function mostWithin(rule: RateLimitRule, seconds: number): number {
  return rule.limit * Math.ceil(seconds / rule.windowSeconds);
}
