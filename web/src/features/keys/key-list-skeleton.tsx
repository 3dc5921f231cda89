import { Skeleton } from '@mantine/core';
import classes from './key-list-skeleton.module.css';

const rows = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth'];

/** Rows as tall as those that come, so that nothing jumps. */
export function KeyListSkeleton() {
  return (
    <div className={classes.root} role="status">
      <span className="visually-hidden">Loading keys</span>
      {rows.map((row) => (
        <div key={row} className={classes.row}>
          <Skeleton height={12} width="60%" />
          <Skeleton height={12} width="40%" />
        </div>
      ))}
    </div>
  );
}
