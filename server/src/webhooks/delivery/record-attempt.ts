import { pingEvent } from '@keyward/shared/webhooks';
import { and, eq, sql } from 'drizzle-orm';
import type { Job } from 'pg-boss';
import { recordAuditEvent } from '../../audit/record-audit-event.ts';
import type { ActorContext } from '../../context.ts';
import type { Transaction } from '../../database/connect-database.ts';
import { createRequestId } from '../../database/create-id.ts';
import { type DeliveryJob, deliveryQueues, within } from '../../database/job-queue.ts';
import { readClock } from '../../database/read-clock.ts';
import {
  webhookAttempts,
  webhookDeliveries,
  webhookEndpoints,
} from '../../database/schema/webhooks.ts';
import { discardPending } from '../discard-pending.ts';
import type { WebhookRow } from '../find-webhook.ts';
import type { DeliveryRow } from '../present-deliveries.ts';
import type { Deliverer } from './deliverer.ts';
import { judgeAnswer, type Verdict } from './judge-answer.ts';
import type { Answer } from './post-message.ts';
import { jobOf } from './queue-deliveries.ts';

/** An endpoint that takes longer than this waits apart, however well it answers. */
const slowMilliseconds = 3_000;

/** An endpoint whose every attempt has failed for so long is disabled. */
const patienceMilliseconds = 5 * 24 * 3_600_000;

interface Attempt {
  delivery: DeliveryRow;
  /** As they were sent. */
  headers: Record<string, string>;
  answer: Answer;
}

/**
 * Writes down how an attempt went, in one transaction with what follows: the next job, the end of this one,
 * the endpoint's disabling. An attempt that another process has written down already changes nothing.
 */
export async function recordAttempt(
  { database, boss }: Deliverer,
  queue: string,
  job: Job<DeliveryJob>,
  { delivery, headers, answer }: Attempt,
): Promise<void> {
  await database.transaction(async (transaction) => {
    const [endpoint] = await transaction
      .select()
      .from(webhookEndpoints)
      .where(eq(webhookEndpoints.id, delivery.endpointId))
      .for('no key update');
    const number = job.data.attempt;
    const now = await readClock(transaction);
    const judged = judgeAnswer(answer, number, now, Math.random());
    // A ping shows how an endpoint answers now, and nothing depends on it.
    const isPing = delivery.eventType === pingEvent;
    const verdict: Verdict =
      isPing && judged.status === 'pending' ? { status: 'failed', isGone: false } : judged;
    if (endpoint !== undefined && (await advance(transaction, delivery, number, verdict))) {
      await transaction.insert(webhookAttempts).values({
        deliveryId: delivery.id,
        number,
        at: new Date(now.getTime() - answer.durationMs),
        durationMs: answer.durationMs,
        statusCode: answer.statusCode,
        error: answer.error,
        response: answer.response,
        requestHeaders: headers,
      });
      if (verdict.status === 'pending') {
        const { data, ...order } = jobOf(delivery, {
          deliveryId: delivery.id,
          attempt: number + 1,
        });
        await boss.send(deliveryQueues.patient, data, {
          ...order,
          startAfter: Math.ceil(verdict.retryInSeconds),
          ...within(transaction),
        });
      }
      if (!isPing) {
        await updateEndpoint(transaction, endpoint, { answer, verdict, now });
      }
    }
    await boss.complete(queue, job, null, within(transaction));
  });
}

/** Moves the delivery on by one attempt; false where that was done already, or it waits no more. */
async function advance(
  transaction: Transaction,
  { id }: DeliveryRow,
  number: number,
  verdict: Verdict,
): Promise<boolean> {
  const { status } = verdict;
  const advanced = await transaction
    .update(webhookDeliveries)
    .set({
      status,
      attempts: number,
      nextAttemptAt:
        verdict.status === 'pending'
          ? sql`now() + make_interval(secs => ${verdict.retryInSeconds})`
          : null,
      finishedAt: status === 'pending' ? null : sql`now()`,
    })
    .where(
      and(
        eq(webhookDeliveries.id, id),
        eq(webhookDeliveries.status, 'pending'),
        eq(webhookDeliveries.attempts, number - 1),
      ),
    )
    .returning({ id: webhookDeliveries.id });
  return advanced.length > 0;
}

async function updateEndpoint(
  transaction: Transaction,
  endpoint: WebhookRow,
  { answer, verdict, now }: { answer: Answer; verdict: Verdict; now: Date },
): Promise<void> {
  const isSlow = answer.durationMs > slowMilliseconds;
  const failingSince = verdict.status === 'succeeded' ? null : (endpoint.failingSince ?? now);
  const because = whyDisable(verdict, failingSince, now);
  const changed =
    isSlow !== endpoint.isSlow || failingSince?.getTime() !== endpoint.failingSince?.getTime();
  if (because === null || !endpoint.enabled) {
    if (changed) {
      await transaction
        .update(webhookEndpoints)
        .set({ isSlow, failingSince })
        .where(eq(webhookEndpoints.id, endpoint.id));
    }
    return;
  }
  await transaction
    .update(webhookEndpoints)
    .set({ isSlow, failingSince, enabled: false, disabledBecause: because, updatedAt: sql`now()` })
    .where(eq(webhookEndpoints.id, endpoint.id));
  await discardPending(transaction, endpoint.id);
  const context: Omit<ActorContext, 'database'> = {
    actor: { type: 'system', name: 'keyward: deliver webhooks' },
    requestId: createRequestId(),
    address: null,
    userAgent: null,
  };
  await recordAuditEvent(
    transaction,
    { ...context, database: transaction },
    {
      chain: endpoint.organizationId,
      action: 'webhook.disabled',
      target: { type: 'webhook', id: endpoint.id },
      data: { because, url: endpoint.url },
    },
  );
}

function whyDisable(verdict: Verdict, failingSince: Date | null, now: Date): string | null {
  if (verdict.status === 'failed' && verdict.isGone) {
    return 'The receiver answered 410 Gone.';
  }
  return failingSince !== null && now.getTime() - failingSince.getTime() > patienceMilliseconds
    ? 'Every attempt has failed for five days.'
    : null;
}
