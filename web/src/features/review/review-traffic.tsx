import { Title } from '@mantine/core';
import { formatShare } from '../../lib/format-share.ts';
import { formatCount } from '../../lib/format-time.ts';
import { SparkBars } from '../../ui/spark-bars.tsx';
import type { ReviewItem } from './review-item.ts';
import classes from './review-part.module.css';

/** What was called with the key in 30 days. */
export function ReviewTraffic({ days }: { days: ReviewItem['days'] }) {
  const valid = days.reduce((sum, day) => sum + day.valid, 0);
  const refused = days.reduce((sum, day) => sum + day.refused, 0);
  const all = valid + refused;
  const told =
    all === 0
      ? 'No calls in 30 days'
      : `${formatCount(all)} calls in 30 days, ${formatCount(refused)} refused`;
  return (
    <section aria-labelledby="review-traffic" className={classes.root}>
      <Title order={3} id="review-traffic">
        Calls in 30 days
      </Title>
      <p className={classes.figure}>
        <strong>{formatCount(all)}</strong>{' '}
        {all > 0 && (
          <span className={classes.quiet}>
            {refused === 0
              ? 'all accepted'
              : `${formatCount(refused)} refused (${formatShare(refused, all)})`}
          </span>
        )}
      </p>
      <SparkBars days={days} label={told} height={56} />
    </section>
  );
}
