import { Skeleton } from '@mantine/core';
import { formatCount } from '../../lib/format-time.ts';
import { SparkBars, type SparkDay } from '../../ui/spark-bars.tsx';
import classes from './key-activity-bars.module.css';
import { sumDays } from './sum-days.ts';

/** Seven days of a key in the width of a word, whose room is kept until they are known. */
export function KeyActivityBars({ days }: { days: readonly SparkDay[] | null | undefined }) {
  if (days === undefined) {
    return <Skeleton className={classes.room} />;
  }
  if (days === null) {
    return <span className={classes.unknown}>Not known</span>;
  }
  const { valid, refused } = sumDays(days);
  const label =
    valid + refused === 0
      ? 'No calls in 7 days'
      : `In 7 days ${formatCount(valid)} accepted, ${formatCount(refused)} refused`;
  return (
    <span className={classes.room} title={label}>
      <SparkBars days={days} label={label} />
    </span>
  );
}
