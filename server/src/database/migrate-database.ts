import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
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
    // A role that may not alter the schema serves all the same, once another has brought it up to date.
    if (!(await isCurrent(database))) {
      await migrate(database, { migrationsFolder });
    }
    await installJobQueues(database);
  } finally {
    await client.end();
  }
}

/** Whether the newest migration of this version is in. */
async function isCurrent(database: PostgresJsDatabase): Promise<boolean> {
  const newest = Math.max(
    ...readMigrationFiles({ migrationsFolder }).map(({ folderMillis }) => folderMillis),
  );
  const [table] = await database.execute(
    sql`select to_regclass('drizzle.__drizzle_migrations') is not null as exists`,
  );
  if (table?.exists !== true) {
    return false;
  }
  const [row] = await database.execute(
    sql`select max(created_at)::text as last from drizzle.__drizzle_migrations`,
  );
  return Number(row?.last ?? 0) >= newest;
}
