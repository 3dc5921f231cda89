import { sql } from 'drizzle-orm';
import type { Database } from './connect-database.ts';
import { keys } from './schema/keys.ts';

/** The database's time, which alone decides what has expired: the clocks of nodes may differ. */
export async function readClock(database: Database): Promise<Date> {
  const [row] = await database
    .select({ now: sql`now()`.mapWith(keys.createdAt) })
    .from(sql`(select) as nothing`);
  if (row === undefined) {
    throw new Error('The database did not tell the time.');
  }
  return row.now;
}
