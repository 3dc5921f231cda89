import { sql } from 'drizzle-orm';
import type { Database } from '../../database/connect-database.ts';
import { canonicalAddress } from '../allows-address.ts';
import type { KeyCounts } from './usage-tally.ts';

/**
 * Adds counts to the hour they are written in, of the keys and of their organizations, to the totals and
 * to the addresses of the keys. Only valid calls are use: what was refused shows by its outcome, and does
 * not make an idle key look busy.
 */
export async function writeUsage(database: Database, keys: readonly KeyCounts[]): Promise<void> {
  // Sorted, so that nodes which write at once lock the same keys in the same order.
  const sorted = [...keys].sort((a, b) => (a.keyId < b.keyId ? -1 : 1));
  const rows = JSON.stringify(
    sorted.flatMap(({ counts }) =>
      counts.map((count) => ({
        ...count,
        address: count.address === null ? null : canonicalAddress(count.address),
      })),
    ),
  );
  const addresses = JSON.stringify(
    sorted.flatMap((key) =>
      [...key.addresses.values()].map((count) => ({ keyId: key.keyId, ...count })),
    ),
  );
  await database.transaction(async (transaction) => {
    await transaction.execute(sql`
      with counted as (
        select * from jsonb_to_recordset(${rows}::jsonb)
          as row("keyId" text, "outcome" text, "count" bigint)
      )
      insert into key_usage (key_id, hour, outcome, count)
      select "keyId", date_trunc('hour', now()), "outcome", sum("count")
      from counted group by "keyId", "outcome" having sum("count") > 0 order by "keyId", "outcome"
      on conflict (key_id, hour, outcome) do update set count = key_usage.count + excluded.count`);
    await transaction.execute(sql`
      insert into organization_usage (organization_id, hour, outcome, count)
      select organization_id, date_trunc('hour', now()), "outcome", sum("count")
      from jsonb_to_recordset(${rows}::jsonb) as row("keyId" text, "outcome" text, "count" bigint)
        join keys on keys.id = "keyId"
      group by organization_id, "outcome" having sum("count") > 0 order by organization_id, "outcome"
      on conflict (organization_id, hour, outcome)
        do update set count = organization_usage.count + excluded.count`);
    await transaction.execute(sql`
      with counted as (
        select "keyId" as id, sum("count") as count, max("address") as address
        from jsonb_to_recordset(${rows}::jsonb)
          as row("keyId" text, "outcome" text, "count" bigint, "address" text)
        where "outcome" = 'VALID' group by "keyId"
      ), locked as (
        select keys.id from keys join counted using (id) order by keys.id for no key update of keys
      )
      update keys set
        total_requests = total_requests + counted.count,
        last_used_at = now(),
        last_used_ip = coalesce(counted.address, last_used_ip)
      from counted join locked using (id) where keys.id = counted.id`);
    await transaction.execute(sql`
      update key_secrets set last_used_at = now(), first_used_at = coalesce(first_used_at, now())
      from jsonb_to_recordset(${rows}::jsonb) as row("secretId" text, "outcome" text)
      where key_secrets.id = "secretId" and "outcome" = 'VALID'`);
    await transaction.execute(sql`
      insert into key_permission_days (key_id, permission, day)
      select distinct "keyId", permission, (now() at time zone 'UTC')::date
      from jsonb_to_recordset(${rows}::jsonb)
        as row("keyId" text, "outcome" text, "permissions" jsonb),
        jsonb_array_elements_text("permissions") as permission
      where "outcome" = 'VALID' order by "keyId", permission
      on conflict do nothing`);
    await transaction.execute(sql`
      insert into key_addresses
        (key_id, address, valid_count, refused_count, first_seen_at, last_seen_at)
      select "keyId", "address", sum("valid"), sum("refused"), now(), now()
      from jsonb_to_recordset(${addresses}::jsonb)
        as row("keyId" text, "address" text, "valid" bigint, "refused" bigint)
      group by "keyId", "address" order by "keyId", "address"
      on conflict (key_id, address) do update set
        valid_count = key_addresses.valid_count + excluded.valid_count,
        refused_count = key_addresses.refused_count + excluded.refused_count,
        last_seen_at = greatest(key_addresses.last_seen_at, excluded.last_seen_at)`);
  });
}
