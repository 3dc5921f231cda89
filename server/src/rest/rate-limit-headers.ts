import type { LimitState } from '../verification/limits/limit-state.ts';

/**
 * The headers of a limited key: the customary ones, and those of the IETF draft
 * (draft-ietf-httpapi-ratelimit-headers-10). Without an open window the reset is that of one opened now.
 */
export function rateLimitHeaders(
  state: LimitState | null,
  limited: boolean,
): Record<string, string> {
  if (state === null) {
    return {};
  }
  const { limit, remaining, windowSeconds } = state;
  const resetAfterSeconds = state.resetAfterSeconds ?? windowSeconds;
  const resetAt = state.resetAt ?? new Date(Date.now() + windowSeconds * 1000);
  return {
    'X-RateLimit-Limit': String(limit),
    'X-RateLimit-Remaining': String(remaining),
    'X-RateLimit-Reset': String(Math.ceil(resetAt.getTime() / 1000)),
    'RateLimit-Policy': `"default";q=${limit};w=${windowSeconds}`,
    RateLimit: `"default";r=${remaining};t=${resetAfterSeconds}`,
    ...(limited && { 'Retry-After': String(resetAfterSeconds) }),
  };
}
