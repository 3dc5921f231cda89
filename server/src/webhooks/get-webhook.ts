import { requirePermission } from '../authorize.ts';
import type { OrganizationContext } from '../context.ts';
import { getWebhookRow } from './find-webhook.ts';
import { presentStandings, type WebhookStanding } from './webhook-standing.ts';

/** One endpoint, and how it fares. */
export async function getWebhook(
  context: OrganizationContext,
  webhookId: string,
): Promise<WebhookStanding> {
  requirePermission(context, 'webhooks:read');
  const row = await getWebhookRow(context.database, context, webhookId);
  const [standing] = await presentStandings(context.database, [row]);
  if (standing === undefined) {
    throw new Error('The standing was not returned.');
  }
  return standing;
}
