import type { Webhook } from '@keyward/shared/webhooks';
import { formatMoment, formatRelativeTime } from '../../lib/format-time.ts';
import type { Tone } from '../../ui/status-mark.tsx';
import type { Standing } from './standing.ts';

interface Health {
  tone: Tone;
  label: string;
  /** What it means, in a sentence; null where the word says it. */
  detail: string | null;
}

/** How a webhook fares, in a word and a sentence. */
export function describeHealth({ webhook, lastDelivery }: Standing): Health {
  const { enabled, disabledBecause, failingSince } = webhook;
  if (!enabled) {
    return disabledBecause === null
      ? { tone: 'quiet', label: 'Disabled', detail: 'Somebody disabled it' }
      : { tone: 'bad', label: 'Disabled by Keyward', detail: disabledBecause };
  }
  if (failingSince !== null) {
    return { tone: 'warn', label: 'Failing', detail: `since ${formatMoment(failingSince)}` };
  }
  if (lastDelivery?.status === 'failed') {
    return { tone: 'warn', label: 'Last message failed', detail: null };
  }
  return lastDelivery === null
    ? { tone: 'quiet', label: 'Nothing sent yet', detail: null }
    : { tone: 'good', label: 'Healthy', detail: null };
}

const day = 86_400_000;

/** What Keyward does with a webhook whose attempts all fail. */
export function describePatience({ enabled, failingSince }: Webhook): string | null {
  if (!enabled || failingSince === null) {
    return null;
  }
  const end = new Date(new Date(failingSince).getTime() + 5 * day);
  return `Unless one succeeds, Keyward disables this webhook ${formatRelativeTime(end)}: after five days of nothing but failures.`;
}
