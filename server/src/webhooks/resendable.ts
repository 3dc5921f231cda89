import { pingEvent } from '@keyward/shared/webhooks';
import { sql } from 'drizzle-orm';

/**
 * Whether a delivery, called `failed`, ended without arriving, and no later one of the same message is on its
 * way, has arrived, or has failed in its turn: each message is counted once.
 */
export const resendable = sql`failed.status in ('failed', 'discarded')
  and failed.event_type <> ${pingEvent}
  and not exists (select from webhook_deliveries later
    where later.endpoint_id = failed.endpoint_id and later.event_id = failed.event_id
      and (later.id > failed.id or later.status = 'succeeded'))`;
