import { DomainError } from '@keyward/shared/errors';
import { isId } from '@keyward/shared/ids';
import type { Delivery } from '@keyward/shared/webhooks';
import { and, eq } from 'drizzle-orm';
import { recordAuditEvent } from '../audit/record-audit-event.ts';
import { requirePermission } from '../authorize.ts';
import type { OrganizationContext } from '../context.ts';
import { webhookDeliveries } from '../database/schema/webhooks.ts';
import { getWebhookRow } from './find-webhook.ts';
import { sendAnew } from './send-anew.ts';

/** Sends a message again, byte for byte and under the same id, as a delivery of its own. */
export async function redeliver(
  context: OrganizationContext,
  deliveryId: string,
): Promise<Delivery> {
  requirePermission(context, 'webhooks:update');
  const { organizationId } = context;
  return context.database.transaction(async (transaction) => {
    const [sent] = await transaction
      .select()
      .from(webhookDeliveries)
      .where(
        and(
          eq(webhookDeliveries.organizationId, organizationId),
          eq(webhookDeliveries.id, isId('delivery', deliveryId) ? deliveryId : ''),
        ),
      );
    if (sent === undefined) {
      throw new DomainError('not_found', 'There is no such delivery in this organization.');
    }
    const { endpointId, eventId, eventType, body } = sent;
    if (!(await getWebhookRow(transaction, context, endpointId)).enabled) {
      throw new DomainError('conflict', 'This webhook is disabled: enable it, then send again.');
    }
    const delivery = await sendAnew(transaction, {
      organizationId,
      endpointId,
      eventId,
      eventType,
      body,
      redeliveryOf: sent.id,
    });
    await recordAuditEvent(transaction, context, {
      chain: organizationId,
      action: 'webhook.redelivered',
      target: { type: 'webhook', id: endpointId },
      data: { delivery: delivery.id, redeliveryOf: sent.id, event: eventId },
    });
    return delivery;
  });
}
