import { Skeleton } from '@mantine/core';
import classes from './webhook-list-skeleton.module.css';

const rows = ['first', 'second', 'third'];

/** Rows as tall as those that come, so that nothing jumps. */
export function WebhookListSkeleton() {
  return (
    <div className={classes.root} role="status">
      <span className="visually-hidden">Loading webhooks</span>
      {rows.map((row) => (
        <div key={row} className={classes.row}>
          <Skeleton height={12} width="38%" />
          <Skeleton height={12} width="22%" />
        </div>
      ))}
    </div>
  );
}
