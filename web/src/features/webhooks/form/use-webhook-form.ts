import { useForm } from '@mantine/form';
import { toFailure } from '../../../lib/failure.ts';
import { splitIssues } from '../../../lib/split-issues.ts';
import { trpc } from '../../../lib/trpc.ts';
import { judgeDraft } from './judge-draft.ts';
import { draftFields, type WebhookDraft, type WebhookForm } from './webhook-draft.ts';

interface WebhookFormState {
  form: WebhookForm;
  /** Whether this Keyward sends to private addresses too, and without https. */
  takesPrivate: boolean;
  /** Puts what the server said to its field. */
  showIssues: (error: unknown) => void;
}

/** The fields of a webhook, judged before they are sent as far as the page can. */
export function useWebhookForm(initialValues: WebhookDraft): WebhookFormState {
  const rules = trpc.webhooks.rules.useQuery(undefined, { staleTime: Infinity });
  const takesPrivate = rules.data?.takesPrivate ?? false;
  const form = useForm<WebhookDraft>({
    initialValues,
    validateInputOnBlur: ['url'],
    validate: (draft) => judgeDraft(draft, takesPrivate),
  });
  return {
    form,
    takesPrivate,
    showIssues: (error) =>
      form.setErrors(splitIssues(toFailure(error).issues, draftFields).byField),
  };
}
