import { pingEvent } from '@keyward/shared/webhooks';
import { eq } from 'drizzle-orm';
import type { Job } from 'pg-boss';
import type { Database } from '../../database/connect-database.ts';
import { type DeliveryJob, deliveryQueues, within } from '../../database/job-queue.ts';
import { webhookDeliveries, webhookEndpoints } from '../../database/schema/webhooks.ts';
import { discardPending } from '../discard-pending.ts';
import type { WebhookRow } from '../find-webhook.ts';
import type { DeliveryRow } from '../present-deliveries.ts';
import { signMessage } from '../sign-message.ts';
import type { Deliverer } from './deliverer.ts';
import { messageHeaders, postMessage } from './post-message.ts';
import { isTroubled, jobOf } from './queue-deliveries.ts';
import { recordAttempt } from './record-attempt.ts';

/** Does one job of the queue: an attempt to deliver, unless it was made already or is wanted no more. */
export async function attemptDelivery(
  deliverer: Deliverer,
  queue: string,
  job: Job<DeliveryJob>,
): Promise<void> {
  const { database, boss } = deliverer;
  const [found] = await database
    .select({ delivery: webhookDeliveries, endpoint: webhookEndpoints })
    .from(webhookDeliveries)
    .innerJoin(webhookEndpoints, eq(webhookEndpoints.id, webhookDeliveries.endpointId))
    .where(eq(webhookDeliveries.id, job.data.deliveryId));
  const isDue =
    found?.delivery.status === 'pending' && found.delivery.attempts === job.data.attempt - 1;
  if (found === undefined || !isDue) {
    await boss.complete(queue, job);
    return;
  }
  const { delivery, endpoint } = found;
  if (!endpoint.enabled && delivery.eventType !== pingEvent) {
    // It was being written while the endpoint was disabled.
    if (await discardUnlessEnabled(database, endpoint.id)) {
      await boss.complete(queue, job);
      return;
    }
  }
  if (queue === deliveryQueues.prompt && isTroubled(endpoint)) {
    await moveAside(deliverer, job, delivery);
    return;
  }
  const headers = {
    ...messageHeaders,
    ...signMessage(
      { id: delivery.eventId, body: delivery.body, timestamp: Math.floor(Date.now() / 1000) },
      secretsOf(endpoint),
    ),
  };
  const answer = await postMessage(
    { url: endpoint.url, headers, body: delivery.body },
    deliverer.rules,
    deliverer,
  );
  if (answer.isBlocked) {
    const { id: webhook, organizationId } = endpoint;
    deliverer.logger.warn({ webhook, organizationId, delivery: delivery.id }, answer.error ?? '');
  }
  await recordAttempt(deliverer, queue, job, { delivery, headers, answer });
}

/** False where the endpoint was enabled since it was read: what waits for it now is to be sent. */
function discardUnlessEnabled(database: Database, endpointId: string): Promise<boolean> {
  return database.transaction(async (transaction) => {
    const [endpoint] = await transaction
      .select({ enabled: webhookEndpoints.enabled })
      .from(webhookEndpoints)
      .where(eq(webhookEndpoints.id, endpointId))
      .for('no key update');
    if (endpoint?.enabled) {
      return false;
    }
    await discardPending(transaction, endpointId);
    return true;
  });
}

/** What was queued before its receiver got into trouble waits with the rest of its kind. */
async function moveAside(
  { database, boss }: Deliverer,
  job: Job<DeliveryJob>,
  delivery: DeliveryRow,
): Promise<void> {
  await database.transaction(async (transaction) => {
    const { data, ...order } = jobOf(delivery, job.data);
    await boss.send(deliveryQueues.patient, data, { ...order, ...within(transaction) });
    await boss.complete(deliveryQueues.prompt, job, null, within(transaction));
  });
}

function secretsOf({ secret, previousSecret, previousSecretUntil }: WebhookRow): string[] {
  const overlaps = previousSecretUntil !== null && previousSecretUntil.getTime() > Date.now();
  return previousSecret !== null && overlaps ? [secret, previousSecret] : [secret];
}
