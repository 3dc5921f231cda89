import { sql } from 'drizzle-orm';
import type { Database } from '../../database/connect-database.ts';

/** The addresses that a key keeps: its newest. */
export const keptAddresses = 100;
const keptDays = 90;
/** Keys of one statement: what it deletes it locks, and a flush of the counts would wait for it. */
const mostAtOnce = 100;

/**
 * Drops the addresses of each key beyond its newest hundred, and those that were not seen for 90 days.
 * Returns how many.
 */
export async function pruneAddresses({ database }: { database: Database }): Promise<number> {
  const keys = await database.execute<{ keyId: string }>(sql`
    select key_id as "keyId" from key_addresses group by key_id
    having count(*) > ${keptAddresses}
      or min(last_seen_at) < now() - make_interval(days => ${keptDays})
    order by key_id`);
  const keyIds = keys.map(({ keyId }) => keyId);
  let pruned = 0;
  for (let start = 0; start < keyIds.length; start += mostAtOnce) {
    pruned += await pruneKeys(database, keyIds.slice(start, start + mostAtOnce));
  }
  return pruned;
}

async function pruneKeys(database: Database, keyIds: readonly string[]): Promise<number> {
  // An address that a flush holds just now is seen again, and stays. Not waiting for it, this can hold
  // up no flush that waits for what is locked here.
  const deleted = await database.execute(sql`
    with placed as (
      select key_id, address, last_seen_at,
        row_number() over (partition by key_id order by last_seen_at desc, address) as place
      from key_addresses where key_id in ${keyIds}
    ), over as (
      select one.key_id, one.address from key_addresses as one join placed using (key_id, address)
      where one.last_seen_at = placed.last_seen_at
        and (place > ${keptAddresses}
          or one.last_seen_at < now() - make_interval(days => ${keptDays}))
      for update of one skip locked
    )
    delete from key_addresses using over
    where key_addresses.key_id = over.key_id and key_addresses.address = over.address
    returning key_addresses.key_id`);
  return deleted.length;
}
