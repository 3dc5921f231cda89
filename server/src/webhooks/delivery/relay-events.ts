import { type WebhookEvent, webhookEvents } from '@keyward/shared/webhooks';
import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Database, Transaction } from '../../database/connect-database.ts';
import { createId } from '../../database/create-id.ts';
import type { JobQueue } from '../../database/job-queue.ts';
import { keys } from '../../database/schema/keys.ts';
import { services } from '../../database/schema/services.ts';
import {
  webhookDeliveries,
  webhookEndpoints,
  webhookOutbox,
} from '../../database/schema/webhooks.ts';
import { composeBody, type ToldKey } from '../compose-body.ts';
import type { WebhookRow } from '../find-webhook.ts';
import { queueDeliveries } from './queue-deliveries.ts';

const mostAtOnce = 100;

type EventRow = typeof webhookOutbox.$inferSelect;

/** What the audit log tells apart and receivers need not. */
const synonyms: Record<string, WebhookEvent> = {
  'key.imported': 'key.created',
  'key.rotation_rolled_back': 'key.rotation_finished',
};

/** The event that an action is told as; null for what nobody is told. */
function eventOf(action: string): WebhookEvent | null {
  return synonyms[action] ?? webhookEvents.find((event) => event === action) ?? null;
}

/**
 * Turns committed events into deliveries with their jobs: the event leaves the outbox in the transaction
 * that puts the jobs into the queue, so that none is lost and none is there twice. Nodes take turns by row.
 * Returns how many deliveries were queued.
 */
export function relayEvents(database: Database, boss: JobQueue['boss']): Promise<number> {
  return database.transaction(async (transaction) => {
    const events = await transaction
      .select()
      .from(webhookOutbox)
      .orderBy(asc(webhookOutbox.id))
      .limit(mostAtOnce)
      .for('update', { skipLocked: true });
    if (events.length > 0) {
      const deliveries = await composeDeliveries(transaction, events);
      if (deliveries.length > 0) {
        await transaction.insert(webhookDeliveries).values(deliveries);
      }
      const ids = events.map(({ id }) => id);
      await transaction.delete(webhookOutbox).where(inArray(webhookOutbox.id, ids));
    }
    return queueDeliveries(transaction, boss);
  });
}

async function composeDeliveries(transaction: Transaction, events: readonly EventRow[]) {
  const organizationIds = [...new Set(events.map((event) => event.organizationId))];
  const endpoints = await transaction
    .select()
    .from(webhookEndpoints)
    .where(
      and(
        inArray(webhookEndpoints.organizationId, organizationIds),
        eq(webhookEndpoints.enabled, true),
      ),
    )
    .orderBy(asc(webhookEndpoints.id))
    // None is removed before its deliveries stand.
    .for('key share');
  const known = await findKeys(transaction, events);
  return events.flatMap((event) => {
    const type = eventOf(event.type);
    if (type === null) {
      return [];
    }
    const key = event.targetType === 'key' ? (known.get(event.targetId) ?? null) : null;
    return endpoints
      .filter(({ organizationId }) => organizationId === event.organizationId)
      .filter((endpoint) => wants(endpoint, type, key))
      .map(({ id: endpointId, organizationId }) => ({
        id: createId('delivery'),
        organizationId,
        endpointId,
        eventId: event.id,
        eventType: type,
        body: composeBody({
          id: event.id,
          type,
          at: event.at,
          organizationId,
          actor: event.actor,
          target: { type: event.targetType, id: event.targetId },
          key,
          change: event.data,
        }),
      }));
  });
}

/** Whether an endpoint asks for an event. The filters by kind and service speak of keys alone. */
function wants(endpoint: WebhookRow, type: WebhookEvent, key: ToldKey | null): boolean {
  const { events, kinds, services: slugs } = endpoint;
  const passes = <Value>(filter: readonly Value[], value: Value) =>
    filter.length === 0 || filter.includes(value);
  return (
    passes(events, type) &&
    (key === null || (passes(kinds, key.kind) && passes(slugs, key.service)))
  );
}

async function findKeys(
  transaction: Transaction,
  events: readonly EventRow[],
): Promise<Map<string, ToldKey>> {
  const ids = events
    .filter(({ targetType }) => targetType === 'key')
    .map(({ targetId }) => targetId);
  const rows = await transaction
    .select({
      id: keys.id,
      name: keys.name,
      kind: keys.kind,
      service: services.slug,
      environment: keys.environment,
      tier: keys.tier,
      externalId: keys.externalId,
      userId: keys.userId,
    })
    .from(keys)
    .innerJoin(services, eq(services.id, keys.serviceId))
    .where(inArray(keys.id, ids));
  return new Map(rows.map((row) => [row.id, row]));
}
