import {
  createWebhookInput,
  delivery,
  deliveryPage,
  listDeliveriesInput,
  removedWebhook,
  updateWebhookInput,
  webhook,
  webhookIdInput,
  webhookList,
  webhookWithSecret,
} from '@keyward/shared/webhooks';
import { createWebhook } from '../../webhooks/create-webhook.ts';
import { listDeliveries } from '../../webhooks/list-deliveries.ts';
import { listWebhooks } from '../../webhooks/list-webhooks.ts';
import { pingWebhook } from '../../webhooks/ping-webhook.ts';
import { redeliver } from '../../webhooks/redeliver.ts';
import { removeWebhook } from '../../webhooks/remove-webhook.ts';
import { rotateWebhookSecret } from '../../webhooks/rotate-webhook-secret.ts';
import { updateWebhook } from '../../webhooks/update-webhook.ts';
import { managementRoute, type Route } from '../route.ts';

export const webhookRoutes: readonly Route[] = [
  managementRoute({
    method: 'get',
    path: '/v1/webhooks',
    summary: 'List the webhooks of the organization, newest first.',
    permission: 'webhooks:read',
    output: { status: 200, schema: webhookList },
    handle: async (context) => ({ data: await listWebhooks(context) }),
  }),
  managementRoute({
    method: 'post',
    path: '/v1/webhooks',
    summary: 'Make a webhook. The secret stands in this answer and nowhere else.',
    permission: 'webhooks:create',
    body: createWebhookInput,
    output: { status: 201, schema: webhookWithSecret },
    handle: (context, { body, request }) =>
      createWebhook(context, body, request.instance.webhookRanges),
  }),
  managementRoute({
    method: 'patch',
    path: '/v1/webhooks/{id}',
    summary: 'Change, disable or enable a webhook.',
    permission: 'webhooks:update',
    params: webhookIdInput,
    body: updateWebhookInput,
    output: { status: 200, schema: webhook },
    handle: (context, { params, body, request }) =>
      updateWebhook(context, params.id, body, request.instance.webhookRanges),
  }),
  managementRoute({
    method: 'delete',
    path: '/v1/webhooks/{id}',
    summary: 'Remove a webhook and its log.',
    permission: 'webhooks:delete',
    params: webhookIdInput,
    output: { status: 200, schema: removedWebhook },
    handle: (context, { params }) => removeWebhook(context, params.id),
  }),
  managementRoute({
    method: 'post',
    path: '/v1/webhooks/{id}/ping',
    summary: 'Send a message that says nothing, to see how the receiver answers.',
    permission: 'webhooks:update',
    params: webhookIdInput,
    output: { status: 202, schema: delivery },
    handle: (context, { params }) => pingWebhook(context, params.id),
  }),
  managementRoute({
    method: 'post',
    path: '/v1/webhooks/{id}/rotate-secret',
    summary: 'Make another secret. For 24 hours messages carry the signatures of both.',
    permission: 'webhooks:update',
    params: webhookIdInput,
    output: { status: 201, schema: webhookWithSecret },
    handle: (context, { params }) => rotateWebhookSecret(context, params.id),
  }),
  managementRoute({
    method: 'get',
    path: '/v1/webhooks/{id}/deliveries',
    summary: 'List what was sent to a webhook and each attempt, newest first.',
    permission: 'webhooks:read',
    params: webhookIdInput,
    query: listDeliveriesInput,
    output: { status: 200, schema: deliveryPage },
    handle: (context, { params, query }) => listDeliveries(context, params.id, query),
  }),
  managementRoute({
    method: 'post',
    path: '/v1/webhook-deliveries/{id}/redeliver',
    summary: 'Send a message again, under the same id.',
    permission: 'webhooks:update',
    params: webhookIdInput,
    output: { status: 202, schema: delivery },
    handle: (context, { params }) => redeliver(context, params.id),
  }),
];
