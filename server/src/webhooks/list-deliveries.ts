import type { Delivery, ListDeliveriesInput } from '@keyward/shared/webhooks';
import type { OrganizationContext } from '../context.ts';
import { findDeliveries } from './find-deliveries.ts';
import { presentDeliveries } from './present-deliveries.ts';

/** What was sent to an endpoint and how that went, newest first, by key set. */
export async function listDeliveries(
  context: OrganizationContext,
  webhookId: string,
  { status, ...page }: ListDeliveriesInput,
): Promise<{ data: Delivery[]; nextCursor: string | null }> {
  const statuses = status === undefined ? [] : [status];
  const { rows, nextCursor } = await findDeliveries(context, webhookId, { statuses, ...page });
  return { data: await presentDeliveries(context.database, rows), nextCursor };
}
