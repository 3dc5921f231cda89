import type { ListDeliveryLogInput } from '@keyward/shared/webhook-log';
import type { OrganizationContext } from '../context.ts';
import { findDeliveries } from './find-deliveries.ts';
import { presentAttempt, presentWithAttempts } from './present-deliveries.ts';

/** What was sent to an endpoint, as the console shows it: with the headers of each attempt. */
export async function listDeliveryLog(
  context: OrganizationContext,
  { id, ...page }: ListDeliveryLogInput,
) {
  const { rows, nextCursor } = await findDeliveries(context, id, page);
  const data = await presentWithAttempts(context.database, rows, (attempt) => ({
    ...presentAttempt(attempt),
    requestHeaders: attempt.requestHeaders,
  }));
  return { data, nextCursor };
}
