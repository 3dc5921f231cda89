import type { AuditActor } from '@keyward/shared/audit';
import { sql } from 'drizzle-orm';
import type { Database } from '../database/connect-database.ts';
import { webhookEndpoints, webhookOutbox } from '../database/schema/webhooks.ts';

export interface OutgoingEvent {
  id: string;
  /** An organization's id. Others have no webhooks. */
  chain: string;
  at: Date;
  actor: AuditActor;
  action: string;
  targetType: string;
  targetId: string;
  data: Record<string, unknown>;
}

/**
 * Keeps an event for the webhooks of its organization, if it has any, in the transaction that made it:
 * what is committed is sent, and what is rolled back is not.
 */
export async function keepForWebhooks(database: Database, event: OutgoingEvent): Promise<void> {
  await database.execute(sql`
    insert into ${webhookOutbox} (id, organization_id, type, at, actor, target_type, target_id, data)
    select ${event.id}, ${event.chain}, ${event.action}, ${event.at.toISOString()}::timestamptz,
      ${JSON.stringify(event.actor)}::jsonb, ${event.targetType}, ${event.targetId},
      ${JSON.stringify(event.data)}::jsonb
    where exists (select from ${webhookEndpoints}
      where organization_id = ${event.chain} and enabled)`);
}
