import type { Webhook } from '@keyward/shared/webhooks';
import { Button, Group, Stack } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { toFailure } from '../../../lib/failure.ts';
import { useMembership } from '../../../lib/membership.ts';
import { trpc } from '../../../lib/trpc.ts';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { notify } from '../../../ui/notify.ts';
import classes from './webhook-page.module.css';

interface RemoveWebhookFormProps {
  webhook: Webhook;
  onClose: () => void;
}

/** What goes with a webhook. */
export function RemoveWebhookForm({ webhook, onClose }: RemoveWebhookFormProps) {
  const { organization } = useMembership();
  const navigate = useNavigate();
  const utils = trpc.useUtils();
  const remove = trpc.webhooks.remove.useMutation({
    onSuccess: async () => {
      void notify({ title: 'Webhook removed', message: webhook.url });
      const params = { organizationSlug: organization.slug };
      await navigate({ to: '/o/$organizationSlug/webhooks', params });
      await utils.webhooks.standings.invalidate();
    },
  });
  const failure = remove.isError ? toFailure(remove.error) : null;
  return (
    <Stack gap="md">
      <ul className={classes.list}>
        <li>Nothing is sent there any more, what waits included.</li>
        <li>Its delivery log goes with it, and its secret.</li>
        <li>To stop for a while, disable it instead.</li>
      </ul>
      {failure !== null && <FailureNotice failure={failure} />}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onClose} data-autofocus>
          Cancel
        </Button>
        <Button
          color="red"
          loading={remove.isPending}
          onClick={() => remove.mutate({ id: webhook.id })}
        >
          Remove webhook
        </Button>
      </Group>
    </Stack>
  );
}
