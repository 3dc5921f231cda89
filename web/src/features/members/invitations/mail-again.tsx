import { Button } from '@mantine/core';
import { trpc } from '../../../lib/trpc.ts';
import { notify } from '../../../ui/notify.ts';
import { notifyFailure } from '../../../ui/notify-failure.ts';
import type { OpenInvitation } from '../member.ts';

/** Sends the mail of an invitation once more. */
export function MailAgain({ invitation: { id, email } }: { invitation: OpenInvitation }) {
  const utils = trpc.useUtils();
  const mail = trpc.invitations.mail.useMutation({
    onSuccess: () => void notify({ title: 'Mail is on its way', message: `To ${email}.` }),
    onError: notifyFailure,
    onSettled: () => void utils.invitations.list.invalidate(),
  });
  return (
    <Button
      variant="default"
      size="xs"
      loading={mail.isPending}
      onClick={() => mail.mutate({ id })}
    >
      Mail again<span className="visually-hidden"> to {email}</span>
    </Button>
  );
}
