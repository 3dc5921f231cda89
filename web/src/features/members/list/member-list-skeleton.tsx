import { Skeleton } from '@mantine/core';
import classes from './member-list-skeleton.module.css';

/** Rows as tall as those that come, so that nothing jumps. */
export function MemberListSkeleton({ label, rows = 3 }: { label: string; rows?: number }) {
  return (
    <div className={classes.root} role="status">
      <span className="visually-hidden">{label}</span>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike, and none moves
        <div key={row} className={classes.row}>
          <Skeleton height={12} width="34%" />
          <Skeleton height={12} width="22%" />
        </div>
      ))}
    </div>
  );
}
