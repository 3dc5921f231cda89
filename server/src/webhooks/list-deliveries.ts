import { invalidField } from '@keyward/shared/errors';
import { isId } from '@keyward/shared/ids';
import type { Delivery, ListDeliveriesInput } from '@keyward/shared/webhooks';
import { and, desc, eq, lt } from 'drizzle-orm';
import { requirePermission } from '../authorize.ts';
import type { OrganizationContext } from '../context.ts';
import { webhookDeliveries } from '../database/schema/webhooks.ts';
import { getWebhookRow } from './find-webhook.ts';
import { presentDeliveries } from './present-deliveries.ts';

/** What was sent to an endpoint and how that went, newest first, by key set. */
export async function listDeliveries(
  context: OrganizationContext,
  webhookId: string,
  { status, limit, cursor }: ListDeliveriesInput,
): Promise<{ data: Delivery[]; nextCursor: string | null }> {
  requirePermission(context, 'webhooks:read');
  const { id } = await getWebhookRow(context.database, context, webhookId);
  if (cursor !== undefined && !isId('delivery', cursor)) {
    throw invalidField('cursor', 'Send the nextCursor of the page before, unchanged.');
  }
  const rows = await context.database
    .select()
    .from(webhookDeliveries)
    .where(
      and(
        eq(webhookDeliveries.endpointId, id),
        status === undefined ? undefined : eq(webhookDeliveries.status, status),
        cursor === undefined ? undefined : lt(webhookDeliveries.id, cursor),
      ),
    )
    .orderBy(desc(webhookDeliveries.id))
    .limit(limit + 1);
  const data = await presentDeliveries(context.database, rows.slice(0, limit));
  return { data, nextCursor: rows.length > limit ? (data.at(-1)?.id ?? null) : null };
}
