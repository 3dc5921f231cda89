import type { WebhookEvent } from '@keyward/shared/webhooks';
import { type SQL, sql } from 'drizzle-orm';
import { type ActorContext, describeActor } from '../../context.ts';
import { createId } from '../../database/create-id.ts';
import { readClock } from '../../database/read-clock.ts';
import { webhookOutbox } from '../../database/schema/webhooks.ts';

/** What a search for something to tell finds, one row for each occasion. */
interface Finding extends Record<string, unknown> {
  keyId: string;
  organizationId: string;
  /** Tells this time from others: a key is told of once for each. */
  occasion: string;
  data: Record<string, unknown>;
}

/** At most so many keys in one go; the rest follow with the next. */
export const mostFindings = sql.raw('1000');

/** The organizations with an endpoint that asks for an event, and since when they have one. */
export const listeners = (type: WebhookEvent): SQL => sql`(
  select organization_id, min(created_at) as since from webhook_endpoints
  where enabled and (events = '{}' or ${type} = any (events)) group by organization_id)`;

/** A moment as JSON has it. */
export const isoTime = (moment: SQL): SQL =>
  sql`to_char(${moment} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/**
 * Tells of what nobody did: what comes with time, or shows in the traffic. An occasion is noted in the
 * transaction that puts the event into the outbox. Returns how many events there were.
 * @param findings selects "keyId", "organizationId", occasion and data.
 */
export function tellOnce(
  context: ActorContext,
  type: WebhookEvent,
  findings: SQL,
): Promise<number> {
  return context.database.transaction(async (transaction) => {
    const found = await transaction.execute<Finding & { data: string }>(sql`
      with found as (${findings}), noted as (
        insert into webhook_notices (key_id, type, occasion)
        select "keyId", ${type}, occasion from found order by "keyId", occasion
        on conflict do nothing returning key_id, occasion
      )
      select "keyId", "organizationId", data::text as data from found
        join noted on noted.key_id = found."keyId" and noted.occasion = found.occasion`);
    if (found.length === 0) {
      return 0;
    }
    const at = await readClock(transaction);
    await transaction.insert(webhookOutbox).values(
      found.map(({ keyId, organizationId, data }) => ({
        id: createId('auditEvent'),
        organizationId,
        type,
        at,
        actor: describeActor(context.actor),
        targetType: 'key',
        targetId: keyId,
        data: JSON.parse(data),
      })),
    );
    return found.length;
  });
}

/** Whether something was not told of a key: what is known already need not be found again. */
export const isUntold = (keyId: SQL, type: WebhookEvent, occasion: SQL): SQL => sql`not exists (
  select from webhook_notices told
  where told.key_id = ${keyId} and told.type = ${type} and told.occasion = ${occasion})`;
