import { Button, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { toFailure } from '../../../lib/failure.ts';
import { trpc } from '../../../lib/trpc.ts';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import type { OpenInvitation } from '../member.ts';
import classes from './invitation-link.module.css';
import { InvitationLink, type MadeLink } from './invitation-link.tsx';

interface RenewFormProps {
  invitation: OpenInvitation;
  onDone: () => void;
  onCancel: () => void;
}

/** Another link for somebody who was invited; the one before ends with it. */
export function RenewForm({ invitation: { id, email }, onDone, onCancel }: RenewFormProps) {
  const [link, setLink] = useState<MadeLink | null>(null);
  const utils = trpc.useUtils();
  const renew = trpc.invitations.renew.useMutation({
    gcTime: 0,
    onSuccess: ({ url, expiresAt, isMailed }) => {
      void utils.invitations.list.invalidate();
      setLink({ email, url, expiresAt, isMailed });
      renew.reset();
    },
  });
  if (link !== null) {
    return <InvitationLink link={link} onDone={onDone} />;
  }
  return (
    <Stack gap="md">
      <p className={classes.text}>
        A new link for <strong>{email}</strong> takes the place of the one before, which stops
        working at once.
      </p>
      {renew.isError && <FailureNotice failure={toFailure(renew.error)} />}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onCancel}>
          Cancel
        </Button>
        <Button data-autofocus loading={renew.isPending} onClick={() => renew.mutate({ id })}>
          Make new link
        </Button>
      </Group>
    </Stack>
  );
}
