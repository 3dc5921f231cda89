import { eq } from 'drizzle-orm';
import { recordAuditEvent } from '../audit/record-audit-event.ts';
import { requireFreshSession, requirePermission } from '../authorize.ts';
import type { OrganizationContext } from '../context.ts';
import { webhookEndpoints } from '../database/schema/webhooks.ts';
import { lockWebhook, presentWebhook } from './find-webhook.ts';

/** Removes an endpoint with its log. What waits to be sent to it is not sent. */
export async function removeWebhook(
  context: OrganizationContext,
  webhookId: string,
): Promise<{ id: string }> {
  requirePermission(context, 'webhooks:delete');
  requireFreshSession(context.actor);
  await context.database.transaction(async (transaction) => {
    const before = await lockWebhook(transaction, context, webhookId);
    await transaction.delete(webhookEndpoints).where(eq(webhookEndpoints.id, before.id));
    await recordAuditEvent(transaction, context, {
      chain: context.organizationId,
      action: 'webhook.removed',
      target: { type: 'webhook', id: before.id },
      data: { before: presentWebhook(before) },
    });
  });
  return { id: webhookId };
}
