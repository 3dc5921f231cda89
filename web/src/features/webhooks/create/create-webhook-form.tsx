import type { WebhookWithSecret } from '@keyward/shared/webhooks';
import { Button } from '@mantine/core';
import { toFailure } from '../../../lib/failure.ts';
import { focusFirstError } from '../../../lib/focus-first-error.ts';
import { trpc } from '../../../lib/trpc.ts';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { useWebhookForm } from '../form/use-webhook-form.ts';
import { emptyDraft, toInput } from '../form/webhook-draft.ts';
import { WebhookFields } from '../form/webhook-fields.tsx';
import classes from './create-webhook-form.module.css';

interface CreateWebhookFormProps {
  onCreated: (made: WebhookWithSecret) => void;
}

export function CreateWebhookForm({ onCreated }: CreateWebhookFormProps) {
  const utils = trpc.useUtils();
  const { form, takesPrivate, showIssues } = useWebhookForm(emptyDraft);
  // The answer holds the secret: it is handed over, and forgotten here.
  const create = trpc.webhooks.create.useMutation({
    gcTime: 0,
    onSuccess: (made) => {
      void utils.webhooks.invalidate();
      onCreated(made);
      create.reset();
    },
    onError: showIssues,
  });
  const isRefusedByField = create.isError && Object.keys(form.errors).length > 0;
  return (
    <form
      noValidate
      className={classes.root}
      onSubmit={form.onSubmit((draft) => create.mutate(toInput(draft)), focusFirstError(form))}
    >
      <Panel>
        <WebhookFields form={form} takesPrivate={takesPrivate} />
      </Panel>
      {create.isError && !isRefusedByField && <FailureNotice failure={toFailure(create.error)} />}
      <div>
        <Button type="submit" size="md" loading={create.isPending}>
          Add webhook
        </Button>
      </div>
    </form>
  );
}
