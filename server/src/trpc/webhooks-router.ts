import { listDeliveryLogInput, rotateWebhookSecretInput } from '@keyward/shared/webhook-log';
import {
  createWebhookInput,
  listDeliveriesByIdInput,
  updateWebhookByIdInput,
  webhookIdInput,
} from '@keyward/shared/webhooks';
import { createWebhook } from '../webhooks/create-webhook.ts';
import { getWebhook } from '../webhooks/get-webhook.ts';
import { listDeliveries } from '../webhooks/list-deliveries.ts';
import { listDeliveryLog } from '../webhooks/list-delivery-log.ts';
import { listWebhookStandings, listWebhooks } from '../webhooks/list-webhooks.ts';
import { pingWebhook } from '../webhooks/ping-webhook.ts';
import { redeliver } from '../webhooks/redeliver.ts';
import { redeliverFailed } from '../webhooks/redeliver-failed.ts';
import { removeWebhook } from '../webhooks/remove-webhook.ts';
import { rotateWebhookSecret } from '../webhooks/rotate-webhook-secret.ts';
import { updateWebhook } from '../webhooks/update-webhook.ts';
import { organizationProcedure, router } from './procedures.ts';

export const webhooksRouter = router({
  list: organizationProcedure.query(({ ctx }) => listWebhooks(ctx)),

  /** The same with how each fares. */
  standings: organizationProcedure.query(({ ctx }) => listWebhookStandings(ctx)),

  get: organizationProcedure
    .input(webhookIdInput)
    .query(({ ctx, input }) => getWebhook(ctx, input.id)),

  /** What the console tells of addresses before one is sent. */
  rules: organizationProcedure.query(({ ctx }) => ({
    takesPrivate: ctx.instance.webhookRanges.length > 0,
  })),

  create: organizationProcedure
    .input(createWebhookInput)
    .mutation(({ ctx, input }) => createWebhook(ctx, input, ctx.instance.webhookRanges)),

  update: organizationProcedure
    .input(updateWebhookByIdInput)
    .mutation(({ ctx, input }) =>
      updateWebhook(ctx, input.id, input.changes, ctx.instance.webhookRanges),
    ),

  remove: organizationProcedure
    .input(webhookIdInput)
    .mutation(({ ctx, input }) => removeWebhook(ctx, input.id)),

  rotateSecret: organizationProcedure
    .input(rotateWebhookSecretInput)
    .mutation(({ ctx, input }) => rotateWebhookSecret(ctx, input.id, input.overlapHours)),

  ping: organizationProcedure
    .input(webhookIdInput)
    .mutation(({ ctx, input }) => pingWebhook(ctx, input.id)),

  deliveries: organizationProcedure
    .input(listDeliveriesByIdInput)
    .query(({ ctx, input: { id, ...page } }) => listDeliveries(ctx, id, page)),

  /** With the headers of each attempt. */
  log: organizationProcedure
    .input(listDeliveryLogInput)
    .query(({ ctx, input }) => listDeliveryLog(ctx, input)),

  redeliverFailed: organizationProcedure
    .input(webhookIdInput)
    .mutation(({ ctx, input }) => redeliverFailed(ctx, input.id)),

  /** The id is a delivery's. */
  redeliver: organizationProcedure
    .input(webhookIdInput)
    .mutation(({ ctx, input }) => redeliver(ctx, input.id)),
});
