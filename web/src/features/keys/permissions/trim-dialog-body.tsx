import type { Key } from '@keyward/shared/keys';
import { comparePermissions, trimPermissions } from '@keyward/shared/permission-changes';
import { Button, Group, Skeleton, Stack } from '@mantine/core';
import { toFailure } from '../../../lib/failure.ts';
import { trpc } from '../../../lib/trpc.ts';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import type { PermissionUse } from './granted-use.ts';
import { PermissionDiff } from './permission-diff.tsx';
import { TrimForm } from './trim-form.tsx';

interface TrimDialogBodyProps {
  apiKey: Key;
  used: readonly PermissionUse[];
  onClose: () => void;
}

/** On how many days the key was used decides how much its use says: that is asked first. */
export default function TrimDialogBody({ apiKey, used, onClose }: TrimDialogBodyProps) {
  const usage = trpc.keys.usage.useQuery({ id: apiKey.id, bucket: 'day' });
  if (usage.isError) {
    return <FailureNotice failure={toFailure(usage.error)} onRetry={() => void usage.refetch()} />;
  }
  if (usage.data === undefined) {
    return <Skeleton height={220} />;
  }
  const trimmed = trimPermissions(
    apiKey.permissions,
    used.map(({ permission }) => permission),
  );
  const changes = comparePermissions(apiKey.permissions, trimmed);
  if (changes.removed.length === 0 && changes.narrowed.length === 0) {
    return (
      <Stack gap="md">
        <span>It has used everything that it may do. There is nothing to trim.</span>
        <PermissionDiff changes={changes} withKept />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            Close
          </Button>
        </Group>
      </Stack>
    );
  }
  const accepted = usage.data.filter(({ outcome, count }) => outcome === 'VALID' && count > 0);
  return (
    <TrimForm
      apiKey={apiKey}
      permissions={trimmed}
      usedCount={used.length}
      daysOfUse={accepted.length}
      onDone={onClose}
    />
  );
}
