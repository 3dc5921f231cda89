import type { Key } from '@keyward/shared/keys';
import { Button, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { toFailure } from '../../lib/failure.ts';
import { trpc } from '../../lib/trpc.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { notify } from '../../ui/notify.ts';
import { ReceiptLine } from '../../ui/receipt-line.tsx';
import { AcceptExposed } from './exposure/accept-exposed.tsx';
import { useExposures } from './exposure/use-exposures.ts';
import { LastUsed } from './last-used.tsx';
import { MaskedSecret } from './masked-secret.tsx';
import classes from './revoke-key-form.module.css';

interface SuspendKeyFormProps {
  target: Key;
  /** What the key is to be. */
  status: 'active' | 'suspended';
  onDone: () => void;
}

/** Suspends a key, or resumes it: says what that does first, and proves it afterwards. */
export function SuspendKeyForm({ target, status, onDone }: SuspendKeyFormProps) {
  const isSuspending = status === 'suspended';
  const [isAccepted, setAccepted] = useState(false);
  const { liveOf, isPending } = useExposures(isSuspending ? [] : [[target.id]]);
  const [exposure] = liveOf(target.id);
  const utils = trpc.useUtils();
  const update = trpc.keys.update.useMutation({
    onSuccess: ({ key, receipt }) => {
      void notify({
        title: isSuspending ? `${key.name} is suspended` : `${key.name} is resumed`,
        message: <ReceiptLine what={isSuspending ? 'Suspended' : 'Accepted'} receipt={receipt} />,
      });
      onDone();
    },
    // Also where it was refused: somebody else may have changed the key meanwhile.
    onSettled: () => utils.keys.invalidate(),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        update.mutate({ id: target.id, changes: { status } });
      }}
    >
      <Stack gap="md">
        <p className={classes.text}>
          {isSuspending
            ? 'Calls with it are refused at once, on every node, until an admin resumes it. Its secrets, permissions and limit stay as they are.'
            : 'Calls with its secrets are accepted again, with the same permissions and limit.'}
        </p>
        <dl className={classes.facts}>
          <dt>Key</dt>
          <dd>
            <MaskedSecret apiKey={target} />
          </dd>
          <dt>Last used</dt>
          <dd>
            <LastUsed apiKey={target} />
          </dd>
        </dl>
        {exposure !== undefined && (
          <AcceptExposed exposure={exposure} isAccepted={isAccepted} onAccept={setAccepted} />
        )}
        {update.isError && <FailureNotice failure={toFailure(update.error)} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onDone} data-autofocus>
            Cancel
          </Button>
          <Button
            type="submit"
            color={isSuspending ? 'red' : 'petrol'}
            disabled={isPending || (exposure !== undefined && !isAccepted)}
            loading={update.isPending}
          >
            {isSuspending ? 'Suspend key' : 'Resume key'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
