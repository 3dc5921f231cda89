import { pingEvent } from '@keyward/shared/webhooks';
import { and, eq, ne, sql } from 'drizzle-orm';
import type { Transaction } from '../database/connect-database.ts';
import { webhookDeliveries } from '../database/schema/webhooks.ts';

/** Gives up what waits for an endpoint that is disabled. The caller holds the endpoint. */
export async function discardPending(transaction: Transaction, endpointId: string): Promise<void> {
  await transaction
    .update(webhookDeliveries)
    .set({ status: 'discarded', nextAttemptAt: null, finishedAt: sql`now()` })
    .where(
      and(
        eq(webhookDeliveries.endpointId, endpointId),
        eq(webhookDeliveries.status, 'pending'),
        ne(webhookDeliveries.eventType, pingEvent),
      ),
    );
}
