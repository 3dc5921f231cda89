import { z } from 'zod';
import { idParameter } from './ids.ts';
import { deliveryStatuses, listDeliveriesInput } from './webhooks.ts';

/** The console asks for several statuses at once: what failed and what was given up. */
export const listDeliveryLogInput = listDeliveriesInput.omit({ status: true }).extend({
  id: idParameter,
  statuses: z.array(z.enum(deliveryStatuses)).max(deliveryStatuses.length).default([]),
});
export type ListDeliveryLogInput = z.infer<typeof listDeliveryLogInput>;

/** For how long messages carry the signature of the old secret too; 0 for a secret that leaked. */
export const rotateWebhookSecretInput = z.strictObject({
  id: idParameter,
  overlapHours: z.union([z.literal(0), z.literal(24)]).default(24),
});
