import { DomainError } from '@keyward/shared/errors';
import { asc, eq, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { recordAuditEvent } from '../audit/record-audit-event.ts';
import { requirePermission } from '../authorize.ts';
import type { OrganizationContext } from '../context.ts';
import { createId } from '../database/create-id.ts';
import { webhookDeliveries } from '../database/schema/webhooks.ts';
import { lockWebhook } from './find-webhook.ts';
import { resendable } from './resendable.ts';

/** In one go; whoever has more asks again. */
const mostAtOnce = 1_000;

/**
 * Sends every message again that did not reach an endpoint within the month that is kept, oldest first, each
 * once and under the id that it had.
 */
export async function redeliverFailed(
  context: OrganizationContext,
  webhookId: string,
): Promise<{ count: number }> {
  requirePermission(context, 'webhooks:update');
  const { organizationId } = context;
  return context.database.transaction(async (transaction) => {
    const { id: endpointId, enabled } = await lockWebhook(transaction, context, webhookId);
    if (!enabled) {
      throw new DomainError('conflict', 'This webhook is disabled: enable it, then send again.');
    }
    const failed = alias(webhookDeliveries, 'failed');
    const rows = await transaction
      .select()
      .from(failed)
      .where(sql`${eq(failed.endpointId, endpointId)} and ${resendable}`)
      .orderBy(asc(failed.id))
      .limit(mostAtOnce);
    if (rows.length === 0) {
      throw new DomainError('conflict', 'Nothing is to be sent again: no message failed.');
    }
    await transaction.insert(webhookDeliveries).values(
      rows.map(({ id, eventId, eventType, body }) => ({
        id: createId('delivery'),
        organizationId,
        endpointId,
        eventId,
        eventType,
        body,
        redeliveryOf: id,
      })),
    );
    const count = rows.length;
    await recordAuditEvent(transaction, context, {
      chain: organizationId,
      action: 'webhook.redelivered',
      target: { type: 'webhook', id: endpointId },
      data: { count },
    });
    return { count };
  });
}
