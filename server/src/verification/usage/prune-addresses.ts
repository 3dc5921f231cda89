import { sql } from 'drizzle-orm';
import type { Database } from '../../database/connect-database.ts';

/** The addresses that a key keeps: its newest. */
export const keptAddresses = 100;
const keptDays = 90;

/**
 * Drops the addresses of each key beyond its newest hundred, and those that were not seen for 90 days.
 * A duty of Keyward's own; returns how many it dropped.
 */
export async function pruneAddresses({ database }: { database: Database }): Promise<number> {
  const keys = await database.execute<{ keyId: string }>(sql`
    select key_id as "keyId" from key_addresses group by key_id
    having count(*) > ${keptAddresses}
      or min(last_seen_at) < now() - make_interval(days => ${keptDays})`);
  let pruned = 0;
  for (const { keyId } of keys) {
    pruned += await pruneKey(database, keyId);
  }
  return pruned;
}

// One key at a time: what is deleted is locked, and a flush of the counts may be waiting for it.
async function pruneKey(database: Database, keyId: string): Promise<number> {
  // An address that a flush holds just now is seen again, and stays. Since this waits for none, it and a
  // flush never wait for each other.
  const deleted = await database.execute(sql`
    with last_kept as (
      select last_seen_at, address from key_addresses where key_id = ${keyId}
      order by last_seen_at desc, address desc offset ${keptAddresses - 1} limit 1
    )
    delete from key_addresses where ctid = any(array(
      select ctid from key_addresses where key_id = ${keyId}
        and ((last_seen_at, address) < (select last_seen_at, address from last_kept)
          or last_seen_at < now() - make_interval(days => ${keptDays}))
      for update skip locked))
    returning key_id`);
  return deleted.length;
}
