import { BarChart } from '@mantine/charts';
import '@mantine/charts/styles.css';
import type { Outcome } from '@keyward/shared/outcomes';
import { describeOutcome } from '../lib/describe-outcome.ts';
import { formatBucket, formatCount } from '../lib/format-time.ts';
import type { UsageRow } from '../lib/usage-rows.ts';

interface OutcomeBarsProps {
  rows: UsageRow[];
  outcomes: readonly Outcome[];
  bucket: 'hour' | 'day';
  height: number;
}

/** The drawing of an OutcomeChart, in a chunk of its own. */
export default function OutcomeBars({ rows, outcomes, bucket, height }: OutcomeBarsProps) {
  const drawn = rows.map(({ at, ...counts }) => ({ ...counts, at: formatBucket(at, bucket) }));
  return (
    <BarChart
      h={height}
      data={drawn}
      dataKey="at"
      type="stacked"
      series={outcomes.map((outcome) => ({ name: outcome, ...describeOutcome[outcome] }))}
      valueFormatter={formatCount}
      maxBarWidth={28}
      tickLine="none"
      gridAxis="x"
      xAxisProps={{ minTickGap: 32 }}
      barProps={{ isAnimationActive: false }}
      // The drawing is for the eye: what it would offer to the keyboard, the table beneath says.
      barChartProps={{ accessibilityLayer: false }}
    />
  );
}
