import { Skeleton } from '@mantine/core';

export function OrganizationListSkeleton() {
  return (
    <div role="status">
      <span className="visually-hidden">Loading organizations</span>
      <Skeleton height={320} radius="lg" />
    </div>
  );
}
