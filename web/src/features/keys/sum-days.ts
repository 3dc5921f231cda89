import type { RecentCalls } from '@keyward/shared/key-health';

/** What was accepted and refused on all of the days together. */
export function sumDays(days: readonly RecentCalls[]): RecentCalls {
  return days.reduce<RecentCalls>(
    (sum, day) => ({ valid: sum.valid + day.valid, refused: sum.refused + day.refused }),
    { valid: 0, refused: 0 },
  );
}
