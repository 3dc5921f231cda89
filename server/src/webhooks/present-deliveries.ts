import type { Delivery } from '@keyward/shared/webhooks';
import { asc, inArray } from 'drizzle-orm';
import type { Database } from '../database/connect-database.ts';
import { webhookAttempts, type webhookDeliveries } from '../database/schema/webhooks.ts';

export type DeliveryRow = typeof webhookDeliveries.$inferSelect;

type AttemptRow = typeof webhookAttempts.$inferSelect;

/** Deliveries as both faces show them, each with its attempts. */
export const presentDeliveries = (
  database: Database,
  rows: readonly DeliveryRow[],
): Promise<Delivery[]> => presentWithAttempts(database, rows, presentAttempt);

export function presentAttempt({ at, durationMs, statusCode, error, response }: AttemptRow) {
  return { at: at.toISOString(), durationMs, statusCode, error, response };
}

/** The same with what a face says of an attempt. */
export async function presentWithAttempts<Attempt>(
  database: Database,
  rows: readonly DeliveryRow[],
  present: (attempt: AttemptRow) => Attempt,
): Promise<(Omit<Delivery, 'attempts'> & { attempts: Attempt[] })[]> {
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
    attempts: attempts.filter(({ deliveryId }) => deliveryId === row.id).map(present),
    nextAttemptAt: row.nextAttemptAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    redeliveryOf: row.redeliveryOf,
  }));
}
