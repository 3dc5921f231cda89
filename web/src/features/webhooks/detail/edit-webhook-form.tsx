import type { Webhook } from '@keyward/shared/webhooks';
import { Button, Group, Stack } from '@mantine/core';
import { toFailure } from '../../../lib/failure.ts';
import { focusFirstError } from '../../../lib/focus-first-error.ts';
import { trpc } from '../../../lib/trpc.ts';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { notify } from '../../../ui/notify.ts';
import { useWebhookForm } from '../form/use-webhook-form.ts';
import { toDraft, toInput } from '../form/webhook-draft.ts';
import { WebhookFields } from '../form/webhook-fields.tsx';

interface EditWebhookFormProps {
  webhook: Webhook;
  onDone: () => void;
}

export function EditWebhookForm({ webhook, onDone }: EditWebhookFormProps) {
  const utils = trpc.useUtils();
  const { form, takesPrivate, showIssues } = useWebhookForm(toDraft(webhook));
  const update = trpc.webhooks.update.useMutation({
    onSuccess: async () => {
      await utils.webhooks.invalidate();
      void notify({ title: 'Webhook saved', message: 'It holds for messages from now on.' });
      onDone();
    },
    onError: showIssues,
  });
  const isRefusedByField = update.isError && Object.keys(form.errors).length > 0;
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(
        (draft) => update.mutate({ id: webhook.id, changes: toInput(draft) }),
        focusFirstError(form),
      )}
    >
      <Stack gap="md">
        <WebhookFields form={form} takesPrivate={takesPrivate} />
        {update.isError && !isRefusedByField && <FailureNotice failure={toFailure(update.error)} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" loading={update.isPending}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
