import type { SparkDay } from '../../../ui/spark-bars.tsx';
import type { LeaverKey } from '../member.ts';

const dayMs = 86_400_000;
const shownDays = 30;

/** Every one of the last 30 days in UTC, those without a call too. */
export function lastThirtyDays(days: LeaverKey['days'], now = Date.now()): SparkDay[] {
  const known = new Map(days.map((day) => [new Date(day.at).getTime(), day]));
  const today = Math.floor(now / dayMs) * dayMs;
  return Array.from({ length: shownDays }, (_, index) => {
    const time = today - (shownDays - 1 - index) * dayMs;
    return known.get(time) ?? { at: new Date(time).toISOString(), valid: 0, refused: 0 };
  });
}
