import { outcomes } from '@keyward/shared/outcomes';
import { type UsageRow, usageRows } from '../../../lib/usage-rows.ts';
import type { KeyUsage } from '../use-key-usage.ts';

export interface FilledRow {
  row: UsageRow;
  total: number;
}

/** The buckets in which there was a call, newest first. */
export function filledRows({ buckets, from, to, bucket }: KeyUsage): FilledRow[] {
  return usageRows(buckets, { from, to, bucket })
    .map((row) => ({
      row,
      total: outcomes.reduce((sum, outcome) => sum + (row[outcome] ?? 0), 0),
    }))
    .filter(({ total }) => total > 0)
    .reverse();
}
