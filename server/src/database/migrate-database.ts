import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { installJobQueues } from './job-queue.ts';

const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url));

// Any constant will do, so long as every version of Keyward uses the same one.
const migrationLock = 5_398_127;

/** Brings a database to today's schema. Nodes that start together take turns. */
export async function migrateDatabase(url: string): Promise<void> {
  const client = postgres(url, { max: 1, connect_timeout: 10, onnotice: () => {} });
  try {
    const database = drizzle(client);
    await database.execute(sql`select pg_advisory_lock(${migrationLock})`);
    await migrate(database, { migrationsFolder });
    await installJobQueues(database);
  } finally {
    await client.end();
  }
}
