import type { RateLimitRule, RateLimitState } from '@keyward/shared/rate-limit';

/** Where a key stands, with the seconds until its window ends on the database's clock. */
export interface LimitState extends RateLimitState {
  /** Null without an open window. */
  resetAfterSeconds: number | null;
}

export interface LimitDecision {
  admitted: boolean;
  state: LimitState;
}

/** @param now the database's clock, in milliseconds since the epoch. */
export function presentLimit(
  { limit, windowSeconds }: RateLimitRule,
  remaining: number,
  resetAt: Date | null,
  now: number,
): LimitState {
  return {
    limit,
    windowSeconds,
    remaining,
    resetAt,
    // The end is kept to the millisecond, rounded: never more than a whole window from now.
    resetAfterSeconds:
      resetAt === null
        ? null
        : Math.min(windowSeconds, Math.max(1, Math.ceil((resetAt.getTime() - now) / 1000))),
  };
}
