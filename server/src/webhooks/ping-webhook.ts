import { type Delivery, pingEvent } from '@keyward/shared/webhooks';
import { recordAuditEvent } from '../audit/record-audit-event.ts';
import { requirePermission } from '../authorize.ts';
import { describeActor, type OrganizationContext } from '../context.ts';
import { createId } from '../database/create-id.ts';
import { readClock } from '../database/read-clock.ts';
import { composeBody } from './compose-body.ts';
import { getWebhookRow } from './find-webhook.ts';
import { sendAnew } from './send-anew.ts';

/** Sends an endpoint a message that says nothing, to see how it answers. A disabled one is asked too. */
export async function pingWebhook(
  context: OrganizationContext,
  webhookId: string,
): Promise<Delivery> {
  requirePermission(context, 'webhooks:update');
  const { organizationId } = context;
  return context.database.transaction(async (transaction) => {
    const { id } = await getWebhookRow(transaction, context, webhookId);
    const eventId = createId('auditEvent');
    const body = composeBody({
      id: eventId,
      type: pingEvent,
      at: await readClock(transaction),
      organizationId,
      actor: describeActor(context.actor),
      target: { type: 'webhook', id },
      key: null,
      change: {},
    });
    const delivery = await sendAnew(transaction, {
      organizationId,
      endpointId: id,
      eventId,
      eventType: pingEvent,
      body,
    });
    await recordAuditEvent(transaction, context, {
      chain: organizationId,
      action: 'webhook.pinged',
      target: { type: 'webhook', id },
      data: { delivery: delivery.id },
    });
    return delivery;
  });
}
