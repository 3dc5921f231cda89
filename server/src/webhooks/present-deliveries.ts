import type { Delivery } from '@keyward/shared/webhooks';
import { asc, inArray } from 'drizzle-orm';
import type { Database } from '../database/connect-database.ts';
import { webhookAttempts, type webhookDeliveries } from '../database/schema/webhooks.ts';

export type DeliveryRow = typeof webhookDeliveries.$inferSelect;

/** Deliveries as both faces show them, each with its attempts. */
export async function presentDeliveries(
  database: Database,
  rows: readonly DeliveryRow[],
): Promise<Delivery[]> {
  const ids = rows.map(({ id }) => id);
  const attempts = await database
    .select()
    .from(webhookAttempts)
    .where(inArray(webhookAttempts.deliveryId, ids))
    .orderBy(asc(webhookAttempts.number));
  return rows.map((row) => ({
    id: row.id,
    webhookId: row.endpointId,
    eventId: row.eventId,
    type: row.eventType,
    status: row.status,
    body: row.body,
    attempts: attempts
      .filter(({ deliveryId }) => deliveryId === row.id)
      .map(({ at, durationMs, statusCode, error, response }) => ({
        at: at.toISOString(),
        durationMs,
        statusCode,
        error,
        response,
      })),
    nextAttemptAt: row.nextAttemptAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    redeliveryOf: row.redeliveryOf,
  }));
}
