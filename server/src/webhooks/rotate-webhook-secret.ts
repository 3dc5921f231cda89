import type { WebhookWithSecret } from '@keyward/shared/webhooks';
import { eq, sql } from 'drizzle-orm';
import { recordAuditEvent } from '../audit/record-audit-event.ts';
import { requireFreshSession, requirePermission } from '../authorize.ts';
import type { OrganizationContext } from '../context.ts';
import { webhookEndpoints } from '../database/schema/webhooks.ts';
import { lockWebhook, presentWebhook } from './find-webhook.ts';
import { createWebhookSecret } from './sign-message.ts';

const usualOverlapHours = 24;

/**
 * Gives an endpoint another secret, which stands in this answer alone. For a day messages carry the
 * signatures of both, so that receivers can change over at their leisure, unless there is no time for that.
 */
export async function rotateWebhookSecret(
  context: OrganizationContext,
  webhookId: string,
  overlapHours: number = usualOverlapHours,
): Promise<WebhookWithSecret> {
  requirePermission(context, 'webhooks:update');
  requireFreshSession(context.actor);
  const secret = createWebhookSecret();
  return context.database.transaction(async (transaction) => {
    const before = await lockWebhook(transaction, context, webhookId);
    const [row] = await transaction
      .update(webhookEndpoints)
      .set({
        secret,
        ...(overlapHours === 0
          ? { previousSecret: null, previousSecretUntil: null }
          : {
              previousSecret: before.secret,
              previousSecretUntil: sql`now() + make_interval(hours => ${overlapHours})`,
            }),
        updatedAt: sql`now()`,
      })
      .where(eq(webhookEndpoints.id, before.id))
      .returning();
    if (row === undefined) {
      throw new Error('The webhook was not returned.');
    }
    const webhook = presentWebhook(row);
    await recordAuditEvent(transaction, context, {
      chain: context.organizationId,
      action: 'webhook.secret_rotated',
      target: { type: 'webhook', id: row.id },
      data: { previousSecretUntil: webhook.previousSecretUntil },
    });
    return { webhook, secret };
  });
}
