import { type Outcome, outcomes } from '@keyward/shared/outcomes';

export interface UsageBucket {
  /** When the bucket begins, in ISO 8601. */
  at: string;
  outcome: Outcome;
  count: number;
}

/** One bucket of time, with the count of each outcome that was met. */
export interface UsageRow extends Partial<Record<Outcome, number>> {
  at: string;
}

const milliseconds = { hour: 3_600_000, day: 86_400_000 };

/** Every bucket from one moment to another, those without a call too: a gap is to be seen as one. */
export function usageRows(
  buckets: readonly UsageBucket[],
  { from, to, bucket }: { from: Date; to: Date; bucket: 'hour' | 'day' },
): UsageRow[] {
  const step = milliseconds[bucket];
  const first = Math.floor(from.getTime() / step) * step;
  const rows = new Map<number, UsageRow>();
  for (let at = first; at < to.getTime(); at += step) {
    rows.set(at, { at: new Date(at).toISOString() });
  }
  for (const { at, outcome, count } of buckets) {
    const row = rows.get(new Date(at).getTime());
    if (row !== undefined) {
      row[outcome] = (row[outcome] ?? 0) + count;
    }
  }
  return [...rows.values()];
}

/** How often each outcome was met, those that were not left out, in the order of the gates. */
export function sumOutcomes(
  buckets: readonly UsageBucket[],
): { outcome: Outcome; count: number }[] {
  return outcomes
    .map((outcome) => ({
      outcome,
      count: buckets.reduce((sum, one) => sum + (one.outcome === outcome ? one.count : 0), 0),
    }))
    .filter(({ count }) => count > 0);
}
