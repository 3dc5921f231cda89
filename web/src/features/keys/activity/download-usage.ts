import { toCsv } from '@keyward/shared/csv';
import type { Key } from '@keyward/shared/keys';
import { slugFromName } from '@keyward/shared/slug-from-name';
import { describeOutcome } from '../../../lib/describe-outcome.ts';
import { downloadText } from '../../../lib/download-text.ts';
import { sumOutcomes } from '../../../lib/usage-rows.ts';
import type { KeyUsage } from '../use-key-usage.ts';
import { filledRows } from './filled-rows.ts';

/** Hands over the table that is shown as a file. Times are in UTC, as other programs read them. */
export function downloadUsage({ name, last4 }: Key, usage: KeyUsage): void {
  const met = sumOutcomes(usage.buckets).map(({ outcome }) => outcome);
  const header = ['Begin (UTC)', 'Calls', ...met.map((outcome) => describeOutcome[outcome].label)];
  const rows = filledRows(usage).map(({ row, total }) => [
    row.at,
    total,
    ...met.map((outcome) => row[outcome] ?? 0),
  ]);
  const slug = slugFromName(name) || last4;
  const fileName = `${slug}-calls-${usage.range}-by-${usage.bucket}.csv`;
  downloadText(fileName, toCsv([header, ...rows]), 'text/csv');
}
