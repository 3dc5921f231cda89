import type { FormErrors } from '@mantine/form';
import type { WebhookDraft } from './webhook-draft.ts';

/** What is wrong with an address, as far as it shows before it is sent; null for nothing. */
export function judgeAddress(text: string, takesPrivate: boolean): string | null {
  const url = URL.parse(text.trim());
  if (url === null || !/^https?:$/.test(url.protocol)) {
    return 'Write a whole address, such as https://example.com/webhooks.';
  }
  if (url.protocol === 'http:' && !takesPrivate) {
    return 'Use https: messages must not be read on their way.';
  }
  if (url.username !== '' || url.password !== '') {
    return 'Leave the user name and password out: the signature proves who sends.';
  }
  return null;
}

/** What is wrong with a draft, by its fields. */
export function judgeDraft(draft: WebhookDraft, takesPrivate: boolean): FormErrors {
  const url = judgeAddress(draft.url, takesPrivate);
  const isEmpty = !draft.wantsAll && draft.events.length === 0;
  return {
    ...(url !== null && { url }),
    ...(isEmpty && { events: 'Choose at least one event, or all.' }),
  };
}
