import { pingEvent } from '@keyward/shared/webhooks';
import { eq } from 'drizzle-orm';
import type { Job } from 'pg-boss';
import { type DeliveryJob, deliveryQueues, within } from '../../database/job-queue.ts';
import { webhookDeliveries, webhookEndpoints } from '../../database/schema/webhooks.ts';
import { discardPending } from '../discard-pending.ts';
import type { WebhookRow } from '../find-webhook.ts';
import { signMessage } from '../sign-message.ts';
import type { Deliverer } from './deliverer.ts';
import { postMessage } from './post-message.ts';
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
    await database.transaction((transaction) => discardPending(transaction, endpoint.id));
    await boss.complete(queue, job);
    return;
  }
  if (queue === deliveryQueues.prompt && isTroubled(endpoint)) {
    await moveAside(deliverer, job, endpoint);
    return;
  }
  const headers = signMessage(
    { id: delivery.eventId, body: delivery.body, timestamp: Math.floor(Date.now() / 1000) },
    secretsOf(endpoint),
  );
  const answer = await postMessage(
    { url: endpoint.url, headers, body: delivery.body },
    deliverer.rules,
    deliverer,
  );
  if (answer.isBlocked) {
    const { id: webhook, organizationId } = endpoint;
    deliverer.logger.warn({ webhook, organizationId, delivery: delivery.id }, answer.error ?? '');
  }
  await recordAttempt(deliverer, queue, job, { delivery, answer });
}

/** What was queued before its receiver got into trouble waits with the rest of its kind. */
async function moveAside(
  { database, boss }: Deliverer,
  job: Job<DeliveryJob>,
  endpoint: WebhookRow,
): Promise<void> {
  await database.transaction(async (transaction) => {
    const { data, group } = jobOf(endpoint.id, job.data);
    await boss.send(deliveryQueues.patient, data, { group, ...within(transaction) });
    await boss.complete(deliveryQueues.prompt, job, null, within(transaction));
  });
}

function secretsOf({ secret, previousSecret, previousSecretUntil }: WebhookRow): string[] {
  const overlaps = previousSecretUntil !== null && previousSecretUntil.getTime() > Date.now();
  return previousSecret !== null && overlaps ? [secret, previousSecret] : [secret];
}
