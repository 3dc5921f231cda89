import { z } from 'zod';
import { idParameter } from './ids.ts';
import { keyKinds } from './service-profile.ts';
import { line, slug, timestamp } from './text.ts';
import { wholeNumberOr } from './whole-number.ts';

/** What an endpoint can be told of. */
export const webhookEvents = [
  'key.created',
  'key.updated',
  'key.suspended',
  'key.resumed',
  'key.rotated',
  'key.rotation_finished',
  'key.revoked',
  'key.expiring',
  'key.expired',
  'key.first_used',
  'key.unused',
  'key.rate_limited',
  'key.refused',
  'member.invited',
  'member.joined',
  'member.role_changed',
  'member.removed',
  'organization.updated',
  'organization.suspended',
  'organization.resumed',
  'organization.guardrails_changed',
  'organization.second_factor_changed',
  'webhook.disabled',
] as const;

export type WebhookEvent = (typeof webhookEvents)[number];

/** Sent by a ping alone, whatever the endpoint asks for. */
export const pingEvent = 'webhook.ping';

export const deliveryStatuses = ['pending', 'succeeded', 'failed', 'discarded'] as const;
export type DeliveryStatus = (typeof deliveryStatuses)[number];

/** Of one organization: more would be a list to page through, and a crowd to tell of every change. */
export const mostWebhooks = 20;

export const webhook = z
  .strictObject({
    id: z.string(),
    url: z.string(),
    description: z.string().nullable(),
    /** Empty: every event. */
    events: z.array(z.string()),
    /** Of the keys whose events are wanted; empty: both kinds. */
    kinds: z.array(z.enum(keyKinds)),
    /** Slugs of services whose keys' events are wanted; empty: all. */
    services: z.array(z.string()),
    enabled: z.boolean(),
    /** Why Keyward disabled it; null where nobody did, or a person. */
    disabledBecause: z.string().nullable(),
    /** Since when every attempt has failed; null while they succeed. */
    failingSince: timestamp.nullable(),
    /** Until when messages carry the signature of the secret before the last rotation too. */
    previousSecretUntil: timestamp.nullable(),
    createdAt: timestamp,
    updatedAt: timestamp,
  })
  .meta({ id: 'Webhook' });

export type Webhook = z.infer<typeof webhook>;

export const webhookList = z.strictObject({ data: z.array(webhook) }).meta({ id: 'WebhookList' });

const unique = <Value>(values: Value[]) => [...new Set(values)];

const settings = z.strictObject({
  url: z.string().min(1).max(2048),
  description: line(200).nullable(),
  events: z.array(z.enum(webhookEvents)).max(webhookEvents.length).overwrite(unique),
  kinds: z.array(z.enum(keyKinds)).max(keyKinds.length).overwrite(unique),
  services: z.array(slug).max(100).overwrite(unique),
  enabled: z.boolean(),
});

/** What is left out is not filtered by. */
export const createWebhookInput = settings.partial().required({ url: true });
export type CreateWebhookInput = z.infer<typeof createWebhookInput>;

export const updateWebhookInput = settings
  .partial()
  .refine((input) => Object.keys(input).length > 0, 'Name at least one field to change.');
export type UpdateWebhookInput = z.infer<typeof updateWebhookInput>;

/** The secret stands in the answer to its making alone. */
export const webhookWithSecret = z
  .strictObject({ webhook, secret: z.string() })
  .meta({ id: 'WebhookWithSecret' });
export type WebhookWithSecret = z.infer<typeof webhookWithSecret>;

export const webhookIdInput = z.strictObject({ id: idParameter });
export const removedWebhook = z.strictObject({ id: z.string() }).meta({ id: 'RemovedWebhook' });

export const updateWebhookByIdInput = z.strictObject({
  id: idParameter,
  changes: updateWebhookInput,
});

export const deliveryAttempt = z.strictObject({
  at: timestamp,
  durationMs: z.int(),
  /** Null where no answer came. */
  statusCode: z.int().nullable(),
  /** What went wrong; null on a success. */
  error: z.string().nullable(),
  /** The beginning of what the receiver answered. */
  response: z.string().nullable(),
});

export const delivery = z
  .strictObject({
    id: z.string(),
    webhookId: z.string(),
    /** Sent as `webhook-id`: the same in every attempt and in a redelivery. */
    eventId: z.string(),
    type: z.string(),
    status: z.enum(deliveryStatuses),
    /** As it is sent, to the byte. */
    body: z.string(),
    attempts: z.array(deliveryAttempt),
    nextAttemptAt: timestamp.nullable(),
    createdAt: timestamp,
    finishedAt: timestamp.nullable(),
    /** The delivery that was sent again. */
    redeliveryOf: z.string().nullable(),
  })
  .meta({ id: 'WebhookDelivery' });

export type Delivery = z.infer<typeof delivery>;

export const listDeliveriesInput = z.strictObject({
  status: z.enum(deliveryStatuses).optional(),
  limit: wholeNumberOr(20, 1, 100),
  cursor: z.string().min(1).max(64).optional(),
});
export type ListDeliveriesInput = z.infer<typeof listDeliveriesInput>;

export const listDeliveriesByIdInput = listDeliveriesInput.extend({ id: idParameter });

export const deliveryPage = z
  .strictObject({ data: z.array(delivery), nextCursor: z.string().nullable() })
  .meta({ id: 'WebhookDeliveryPage' });
