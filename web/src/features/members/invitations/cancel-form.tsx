import { Button, Group, Stack } from '@mantine/core';
import { toFailure } from '../../../lib/failure.ts';
import { trpc } from '../../../lib/trpc.ts';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { notify } from '../../../ui/notify.ts';
import type { OpenInvitation } from '../member.ts';
import classes from './invitation-link.module.css';

interface CancelFormProps {
  invitation: OpenInvitation;
  onDone: () => void;
  onCancel: () => void;
}

export function CancelForm({ invitation: { id, email }, onDone, onCancel }: CancelFormProps) {
  const utils = trpc.useUtils();
  const cancel = trpc.invitations.cancel.useMutation({
    onSuccess: () => {
      void notify({ title: 'Invitation revoked', message: `The link for ${email} is dead.` });
      onDone();
    },
    // A refusal too means that the list was out of date.
    onSettled: () => void utils.invitations.list.invalidate(),
  });
  return (
    <Stack gap="md">
      <p className={classes.text}>
        The link that <strong>{email}</strong> was sent stops working at once. You can invite them
        again at any time.
      </p>
      {cancel.isError && <FailureNotice failure={toFailure(cancel.error)} />}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onCancel}>
          Cancel
        </Button>
        <Button
          color="red"
          data-autofocus
          loading={cancel.isPending}
          onClick={() => cancel.mutate({ id })}
        >
          Revoke invitation
        </Button>
      </Group>
    </Stack>
  );
}
