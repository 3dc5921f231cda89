import { sql } from 'drizzle-orm';
import type { Transaction } from '../database/connect-database.ts';
import type { HourOfTraffic, SeenAddress } from './demo-traffic.ts';

export interface KeyTraffic {
  keyId: string;
  hours: readonly HourOfTraffic[];
  addresses: readonly SeenAddress[];
  /** What is asked for: a part of what it was granted. */
  permissions: readonly string[];
}

/** Writes what a month of verifications would have left of each key. */
export async function writeDemoTraffic(
  transaction: Transaction,
  traffic: readonly KeyTraffic[],
): Promise<void> {
  for (const { keyId, hours, addresses, permissions } of traffic) {
    await transaction.execute(sql`
      insert into key_usage (key_id, hour, outcome, count)
      select ${keyId}, to_timestamp(at / 1000.0), outcome, count
      from jsonb_to_recordset(${JSON.stringify(hours)}::jsonb)
        as row(at bigint, outcome text, count bigint)`);
    await transaction.execute(sql`
      insert into key_addresses
        (key_id, address, valid_count, refused_count, first_seen_at, last_seen_at)
      select ${keyId}, address, valid, refused, to_timestamp(first / 1000.0),
        least(now(), to_timestamp(last / 1000.0) + interval '40 minutes')
      from jsonb_to_recordset(${JSON.stringify(addresses)}::jsonb)
        as row(address text, valid bigint, refused bigint, first bigint, last bigint)`);
    await transaction.execute(sql`
      insert into key_permission_days (key_id, permission, day)
      select distinct ${keyId}, permission, (hour at time zone 'UTC')::date
      from key_usage, jsonb_array_elements_text(${JSON.stringify(permissions)}::jsonb) as permission
      where key_id = ${keyId} and outcome = 'VALID'`);
  }
}

/** Brings organizations, keys and secrets in line with the calls of their keys. */
export async function sumUpTraffic(transaction: Transaction): Promise<void> {
  await transaction.execute(sql`
    insert into organization_usage (organization_id, hour, outcome, count)
    select organization_id, hour, outcome, sum(count)
    from key_usage join keys on keys.id = key_id group by 1, 2, 3`);
  await transaction.execute(sql`
    update keys set
      total_requests = used.count,
      last_used_at = least(now(), used.last + interval '50 minutes' * random()),
      last_used_ip = (select address from key_addresses where key_id = keys.id
        order by last_seen_at desc limit 1)
    from (
      select key_id, sum(count) as count, max(hour) as last from key_usage
      where outcome = 'VALID' group by key_id
    ) as used where used.key_id = keys.id`);
  await transaction.execute(sql`
    update key_secrets set last_used_at = keys.last_used_at,
      first_used_at = key_secrets.created_at + interval '20 minutes'
    from keys where keys.id = key_id and keys.last_used_at is not null`);
}
