import type { DeliveryStatus, Webhook } from '@keyward/shared/webhooks';
import { sql } from 'drizzle-orm';
import type { Database } from '../database/connect-database.ts';
import { webhookDeliveries } from '../database/schema/webhooks.ts';
import { presentWebhook, type WebhookRow } from './find-webhook.ts';
import { resendable } from './resendable.ts';

/** An endpoint with how it fares. */
export interface WebhookStanding {
  webhook: Webhook;
  /** The newest message for it; null where there was none within the month that is kept. */
  lastDelivery: { type: string; status: DeliveryStatus; createdAt: string } | null;
  /** Messages that wait to be sent, or sent again. */
  pending: number;
  /** When the first of those is tried. */
  nextAttemptAt: string | null;
  /** Messages that failed or were given up, and did not arrive since. */
  resendable: number;
}

interface Row extends Record<string, unknown> {
  id: string;
  lastDelivery: WebhookStanding['lastDelivery'];
  pending: number;
  nextAttemptAt: string | null;
  resendable: number;
}

export async function presentStandings(
  database: Database,
  webhooks: readonly WebhookRow[],
): Promise<WebhookStanding[]> {
  const ids = sql.param(webhooks.map(({ id }) => id));
  const rows = await database.execute<Row>(sql`
    select endpoint.id,
      (select jsonb_build_object('type', event_type, 'status', status, 'createdAt', ${isoTime('created_at')})
        from ${webhookDeliveries} where endpoint_id = endpoint.id order by id desc limit 1)
        as "lastDelivery",
      waiting.pending, waiting."nextAttemptAt",
      (select count(*)::int from ${webhookDeliveries} failed
        where failed.endpoint_id = endpoint.id and ${resendable}) as resendable
    from unnest(${ids}::text[]) as endpoint (id)
      cross join lateral (
        select count(*)::int as pending, ${isoTime('min(next_attempt_at)')} as "nextAttemptAt"
        from ${webhookDeliveries} where endpoint_id = endpoint.id and status = 'pending'
      ) waiting`);
  return webhooks.map((row) => {
    const found = rows.find(({ id }) => id === row.id);
    return {
      webhook: presentWebhook(row),
      lastDelivery: found?.lastDelivery ?? null,
      pending: found?.pending ?? 0,
      nextAttemptAt: found?.nextAttemptAt ?? null,
      resendable: found?.resendable ?? 0,
    };
  });
}

const isoTime = (moment: 'created_at' | 'min(next_attempt_at)') =>
  sql.raw(`to_char(${moment} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);
