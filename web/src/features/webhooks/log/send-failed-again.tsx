import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { formatCount } from '../../../lib/format-time.ts';
import { trpc } from '../../../lib/trpc.ts';
import { notify } from '../../../ui/notify.ts';
import { notifyFailure } from '../../../ui/notify-failure.ts';
import type { Standing } from '../standing.ts';

/** For a receiver that works again: what it missed, all at once. */
export function SendFailedAgain({ standing }: { standing: Standing }) {
  const { webhook, resendable } = standing;
  const utils = trpc.useUtils();
  const send = trpc.webhooks.redeliverFailed.useMutation({
    onSuccess: ({ count }) => {
      void notify({
        title: count === 1 ? 'One message is sent again' : `${formatCount(count)} are sent again`,
        message: 'Under the ids that they had, oldest first.',
      });
      return utils.webhooks.invalidate();
    },
    onError: notifyFailure,
  });
  if (resendable === 0 || !webhook.enabled) {
    return null;
  }
  return (
    <Button
      variant="default"
      size="xs"
      leftSection={<IconRefresh size={14} />}
      loading={send.isPending}
      onClick={() => send.mutate({ id: webhook.id })}
    >
      {resendable === 1
        ? 'Send 1 failed message'
        : `Send ${formatCount(resendable)} failed messages`}{' '}
      again
    </Button>
  );
}
