import type { DeliveryStatus } from '@keyward/shared/webhooks';
import type { Tone } from '../../ui/status-mark.tsx';

export const deliveryWords: Readonly<Record<DeliveryStatus, { tone: Tone; label: string }>> = {
  pending: { tone: 'warn', label: 'Pending' },
  succeeded: { tone: 'good', label: 'Delivered' },
  failed: { tone: 'bad', label: 'Failed' },
  discarded: { tone: 'quiet', label: 'Given up' },
};
