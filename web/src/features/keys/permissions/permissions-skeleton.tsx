import { Skeleton } from '@mantine/core';
import classes from './key-permissions.module.css';

/** Holds the place of the table while it is read. */
export function PermissionsSkeleton() {
  return (
    <>
      <div className={classes.bar}>
        <Skeleton height={20} width={260} />
        <Skeleton height={36} width={330} maw="100%" />
      </div>
      <Skeleton height={280} radius="lg" />
    </>
  );
}
