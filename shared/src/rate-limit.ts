import { z } from 'zod';

/** Windows are fixed and open with the first request. */
export const rateLimitRule = z.strictObject({
  limit: z.int().min(1).max(1_000_000_000),
  windowSeconds: z
    .int()
    .min(1)
    .max(31 * 86_400, 'Use a window of at most 31 days.'),
});

export type RateLimitRule = z.infer<typeof rateLimitRule>;

/** Where a limited key stands. Without an open window `remaining` is the limit and `resetAt` null. */
export interface RateLimitState extends RateLimitRule {
  remaining: number;
  resetAt: Date | null;
}
