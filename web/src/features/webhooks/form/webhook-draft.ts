import type { KeyKind } from '@keyward/shared/service-profile';
import type { CreateWebhookInput, Webhook, WebhookEvent } from '@keyward/shared/webhooks';
import type { UseFormReturnType } from '@mantine/form';

/** A webhook while it is written. */
export interface WebhookDraft {
  url: string;
  description: string;
  /** Whether every event is wanted, those that come with later versions included. */
  wantsAll: boolean;
  events: WebhookEvent[];
  kinds: KeyKind[];
  services: string[];
}

export type WebhookForm = UseFormReturnType<WebhookDraft>;

export const draftFields = ['url', 'description', 'events', 'kinds', 'services'];

export const emptyDraft: WebhookDraft = {
  url: '',
  description: '',
  wantsAll: true,
  events: [],
  kinds: [],
  services: [],
};

export const toDraft = ({ url, description, events, kinds, services }: Webhook): WebhookDraft => ({
  url,
  description: description ?? '',
  wantsAll: events.length === 0,
  // What the server sends are names of events, though its contract leaves room for more.
  events: events as WebhookEvent[],
  kinds,
  services,
});

export const toInput = (draft: WebhookDraft) =>
  ({
    url: draft.url.trim(),
    description: draft.description.trim() || null,
    events: draft.wantsAll ? [] : draft.events,
    kinds: draft.kinds,
    services: draft.services,
  }) satisfies CreateWebhookInput;
