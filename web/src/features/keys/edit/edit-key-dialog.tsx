import type { Key } from '@keyward/shared/keys';
import { Skeleton } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { toFailure } from '../../../lib/failure.ts';
import { trpc } from '../../../lib/trpc.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { FailureNotice } from '../../../ui/failure-notice.tsx';

// Most visits of a key's page edit nothing.
const EditKeyForm = lazy(async () => ({
  default: (await import('./edit-key-form.tsx')).EditKeyForm,
}));

interface EditKeyDialogProps {
  target: Key;
  isOpen: boolean;
  onClose: () => void;
}

export function EditKeyDialog({ target, isOpen, onClose }: EditKeyDialogProps) {
  return (
    <Dialog title={`Edit ${target.name}`} isOpen={isOpen} onClose={onClose} isWide>
      <EditKey target={target} onDone={onClose} />
    </Dialog>
  );
}

function EditKey({ target, onDone }: { target: Key; onDone: () => void }) {
  const service = trpc.services.get.useQuery({ slug: target.service });
  if (service.isError) {
    return (
      <FailureNotice failure={toFailure(service.error)} onRetry={() => void service.refetch()} />
    );
  }
  const skeleton = <Skeleton height={520} radius="md" />;
  return service.data === undefined ? (
    skeleton
  ) : (
    <Suspense fallback={skeleton}>
      <EditKeyForm target={target} service={service.data} onDone={onDone} />
    </Suspense>
  );
}
