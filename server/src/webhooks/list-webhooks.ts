import type { Webhook } from '@keyward/shared/webhooks';
import { desc, eq } from 'drizzle-orm';
import { requirePermission } from '../authorize.ts';
import type { OrganizationContext } from '../context.ts';
import { webhookEndpoints } from '../database/schema/webhooks.ts';
import { presentWebhook, type WebhookRow } from './find-webhook.ts';
import { presentStandings, type WebhookStanding } from './webhook-standing.ts';

/** The endpoints of the organization, newest first. */
export async function listWebhooks(context: OrganizationContext): Promise<Webhook[]> {
  return (await findWebhooks(context)).map(presentWebhook);
}

/** The same, each with how it fares. */
export async function listWebhookStandings(
  context: OrganizationContext,
): Promise<WebhookStanding[]> {
  return presentStandings(context.database, await findWebhooks(context));
}

async function findWebhooks(context: OrganizationContext): Promise<WebhookRow[]> {
  requirePermission(context, 'webhooks:read');
  return context.database
    .select()
    .from(webhookEndpoints)
    .where(eq(webhookEndpoints.organizationId, context.organizationId))
    .orderBy(desc(webhookEndpoints.id));
}
