import { sql } from 'drizzle-orm';
import type { Database } from '../../database/connect-database.ts';

/** What a node took out of a window and did not spend. */
export interface UnspentShare {
  keyId: string;
  windowSeconds: number;
  endsAt: Date;
  amount: number;
}

/**
 * Puts unspent shares back into the windows that they were taken from. To be tried once only: after a
 * failure nobody knows whether it was done, and done twice it would admit more than the limit.
 */
export async function giveBackShares(
  database: Database,
  shares: readonly UnspentShare[],
): Promise<void> {
  // A window is known by its end: the next one of the key, or one of another length, ends otherwise.
  // Locked in order, so that nodes which stop together do not wait for each other in a circle.
  await database.execute(sql`
    with unspent as (
      select "keyId" as key_id, "windowSeconds" as window_seconds, "endsAt" as ends_at,
        sum("amount") as amount
      from jsonb_to_recordset(${JSON.stringify(shares)}::jsonb)
        as row("keyId" text, "windowSeconds" integer, "endsAt" timestamptz, "amount" bigint)
      group by 1, 2, 3
    ), locked as (
      select rate_windows.key_id from rate_windows
      where key_id in (select key_id from unspent) order by key_id for no key update
    )
    update rate_windows set used = greatest(0, used - unspent.amount)
    from unspent join locked using (key_id)
    where rate_windows.key_id = unspent.key_id
      and rate_windows.window_seconds = unspent.window_seconds
      and rate_windows.ends_at = unspent.ends_at`);
}
