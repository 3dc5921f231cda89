import { invalidField } from '@keyward/shared/errors';
import { isId } from '@keyward/shared/ids';
import type { DeliveryStatus } from '@keyward/shared/webhooks';
import { and, desc, eq, inArray, lt } from 'drizzle-orm';
import { requirePermission } from '../authorize.ts';
import type { OrganizationContext } from '../context.ts';
import { webhookDeliveries } from '../database/schema/webhooks.ts';
import { getWebhookRow } from './find-webhook.ts';
import type { DeliveryRow } from './present-deliveries.ts';

interface DeliveryPage {
  /** Empty for all. */
  statuses: readonly DeliveryStatus[];
  limit: number;
  cursor?: string | undefined;
}

/** A page of what was sent to an endpoint, newest first, for whoever may read of it. */
export async function findDeliveries(
  context: OrganizationContext,
  webhookId: string,
  { statuses, limit, cursor }: DeliveryPage,
): Promise<{ rows: DeliveryRow[]; nextCursor: string | null }> {
  requirePermission(context, 'webhooks:read');
  const { id } = await getWebhookRow(context.database, context, webhookId);
  if (cursor !== undefined && !isId('delivery', cursor)) {
    throw invalidField('cursor', 'Send the nextCursor of the page before, unchanged.');
  }
  const found = await context.database
    .select()
    .from(webhookDeliveries)
    .where(
      and(
        eq(webhookDeliveries.endpointId, id),
        statuses.length === 0 ? undefined : inArray(webhookDeliveries.status, [...statuses]),
        cursor === undefined ? undefined : lt(webhookDeliveries.id, cursor),
      ),
    )
    .orderBy(desc(webhookDeliveries.id))
    .limit(limit + 1);
  const rows = found.slice(0, limit);
  return { rows, nextCursor: found.length > limit ? (rows.at(-1)?.id ?? null) : null };
}
