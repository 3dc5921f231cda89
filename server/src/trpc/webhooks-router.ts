import {
  createWebhookInput,
  listDeliveriesByIdInput,
  updateWebhookByIdInput,
  webhookIdInput,
} from '@keyward/shared/webhooks';
import { createWebhook } from '../webhooks/create-webhook.ts';
import { listDeliveries } from '../webhooks/list-deliveries.ts';
import { listWebhooks } from '../webhooks/list-webhooks.ts';
import { pingWebhook } from '../webhooks/ping-webhook.ts';
import { redeliver } from '../webhooks/redeliver.ts';
import { removeWebhook } from '../webhooks/remove-webhook.ts';
import { rotateWebhookSecret } from '../webhooks/rotate-webhook-secret.ts';
import { updateWebhook } from '../webhooks/update-webhook.ts';
import { organizationProcedure, router } from './procedures.ts';

export const webhooksRouter = router({
  list: organizationProcedure.query(({ ctx }) => listWebhooks(ctx)),

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
    .input(webhookIdInput)
    .mutation(({ ctx, input }) => rotateWebhookSecret(ctx, input.id)),

  ping: organizationProcedure
    .input(webhookIdInput)
    .mutation(({ ctx, input }) => pingWebhook(ctx, input.id)),

  deliveries: organizationProcedure
    .input(listDeliveriesByIdInput)
    .query(({ ctx, input: { id, ...page } }) => listDeliveries(ctx, id, page)),

  /** The id is a delivery's. */
  redeliver: organizationProcedure
    .input(webhookIdInput)
    .mutation(({ ctx, input }) => redeliver(ctx, input.id)),
});
