import { Skeleton } from '@mantine/core';

export function CreateKeySkeleton() {
  return (
    <div role="status">
      <span className="visually-hidden">Loading services</span>
      <Skeleton height={640} radius="lg" />
    </div>
  );
}
