import type { ServiceProfile } from '@keyward/shared/service-profile';
import type { Service } from '@keyward/shared/services';
import { Button, Group, Skeleton, Stack } from '@mantine/core';
import { describeReceipt } from '../../../lib/describe-receipt.ts';
import { toFailure } from '../../../lib/failure.ts';
import { trpc } from '../../../lib/trpc.ts';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { notify } from '../../../ui/notify.ts';
import { describeChanges, profileOf } from '../describe-profile.ts';
import { ChangeList } from './change-list.tsx';

interface SaveChangesProps {
  service: Service;
  profile: ServiceProfile;
  onSaved: () => void;
  onClose: () => void;
}

/** The last look before a profile is saved: each change with what it means for the keys that exist. */
export function SaveChanges({ service, profile, onSaved, onClose }: SaveChangesProps) {
  const { slug, updatedAt } = service;
  const utils = trpc.useUtils();
  const counts = trpc.services.keyCounts.useQuery({ slug }, { staleTime: 0 });
  const put = trpc.services.put.useMutation({
    onSuccess: ({ service: saved, receipt }) => {
      utils.services.get.setData({ slug }, saved);
      void utils.services.list.invalidate();
      void notify({ title: `${saved.name} saved`, message: `${describeReceipt(receipt)}.` });
      onSaved();
    },
    onError: (error) => {
      // Somebody else was faster: the changes are shown against what they saved.
      if (toFailure(error).code === 'conflict') {
        void utils.services.get.refetch({ slug });
      }
    },
  });
  if (counts.isPending) {
    return <Skeleton height={180} radius="md" />;
  }
  const changes = describeChanges(profileOf(service), profile, counts.data);
  const isRefused = changes.some(({ weight }) => weight === 'refused');
  return (
    <Stack gap="md">
      {counts.isError && <FailureNotice failure={toFailure(counts.error)} />}
      <ChangeList changes={changes} />
      {put.isError && <FailureNotice failure={toFailure(put.error)} />}
      {put.isError && toFailure(put.error).code === 'conflict' && (
        <p>The list above compares with what is saved by now. Look at it again before you save.</p>
      )}
      {isRefused && <p>Go back and keep what cannot go, then save again.</p>}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onClose}>
          Back
        </Button>
        <Button
          data-autofocus
          disabled={isRefused}
          loading={put.isPending}
          onClick={() => put.mutate({ slug, service: profile, expectedUpdatedAt: updatedAt })}
        >
          Save {changes.length === 1 ? 'one change' : `${changes.length} changes`}
        </Button>
      </Group>
    </Stack>
  );
}
