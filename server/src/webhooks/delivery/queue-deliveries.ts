import { pingEvent } from '@keyward/shared/webhooks';
import { asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Transaction } from '../../database/connect-database.ts';
import {
  type DeliveryJob,
  deliveryQueues,
  type JobQueue,
  within,
} from '../../database/job-queue.ts';
import { webhookDeliveries, webhookEndpoints } from '../../database/schema/webhooks.ts';
import type { DeliveryRow } from '../present-deliveries.ts';

const mostAtOnce = 500;

/** Whether what is sent to an endpoint is to wait apart, where it delays nobody else. */
export const isTroubled = (endpoint: { failingSince: Date | null; isSlow: boolean }): boolean =>
  endpoint.failingSince !== null || endpoint.isSlow;

/**
 * A job for pg-boss: those of one endpoint form a group, of which only a few run at once. Somebody watches for
 * the answer to a ping: it does not wait for what else is sent to the same endpoint.
 */
export function jobOf(
  { endpointId, eventType }: Pick<DeliveryRow, 'endpointId' | 'eventType'>,
  data: DeliveryJob,
) {
  const isPing = eventType === pingEvent;
  return {
    data,
    group: { id: isPing ? `${endpointId} ping` : endpointId },
    priority: isPing ? 1 : 0,
  };
}

/** Puts a job into the queue for each delivery that has none, in the same transaction. Returns how many. */
export async function queueDeliveries(
  transaction: Transaction,
  boss: JobQueue['boss'],
): Promise<number> {
  const rows = await transaction
    .select({
      id: webhookDeliveries.id,
      endpointId: webhookDeliveries.endpointId,
      eventType: webhookDeliveries.eventType,
      failingSince: webhookEndpoints.failingSince,
      isSlow: webhookEndpoints.isSlow,
    })
    .from(webhookDeliveries)
    .innerJoin(webhookEndpoints, eq(webhookEndpoints.id, webhookDeliveries.endpointId))
    .where(isNull(webhookDeliveries.queuedAt))
    .orderBy(asc(webhookDeliveries.id))
    .limit(mostAtOnce)
    .for('update', { of: webhookDeliveries, skipLocked: true });
  if (rows.length === 0) {
    return 0;
  }
  for (const troubled of [false, true]) {
    const name = troubled ? deliveryQueues.patient : deliveryQueues.prompt;
    const jobs = rows
      .filter((row) => isTroubled(row) === troubled)
      .map((row) => jobOf(row, { deliveryId: row.id, attempt: 1 }));
    if (jobs.length > 0) {
      await boss.insert(name, jobs, within(transaction));
    }
  }
  const ids = rows.map(({ id }) => id);
  await transaction
    .update(webhookDeliveries)
    .set({ queuedAt: sql`now()`, nextAttemptAt: sql`now()` })
    .where(inArray(webhookDeliveries.id, ids));
  return rows.length;
}
