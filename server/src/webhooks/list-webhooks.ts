import type { Webhook } from '@keyward/shared/webhooks';
import { desc, eq } from 'drizzle-orm';
import { requirePermission } from '../authorize.ts';
import type { OrganizationContext } from '../context.ts';
import { webhookEndpoints } from '../database/schema/webhooks.ts';
import { presentWebhook } from './find-webhook.ts';

/** The endpoints of the organization, newest first. */
export async function listWebhooks(context: OrganizationContext): Promise<Webhook[]> {
  requirePermission(context, 'webhooks:read');
  const rows = await context.database
    .select()
    .from(webhookEndpoints)
    .where(eq(webhookEndpoints.organizationId, context.organizationId))
    .orderBy(desc(webhookEndpoints.id));
  return rows.map(presentWebhook);
}
