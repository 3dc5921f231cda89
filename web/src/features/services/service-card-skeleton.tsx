import { Skeleton } from '@mantine/core';

/** As tall as a card will be, so that nothing jumps when it comes. */
export function ServiceCardSkeleton() {
  return (
    <div role="status">
      <span className="visually-hidden">Loading services</span>
      <Skeleton height={316} radius="lg" />
    </div>
  );
}
