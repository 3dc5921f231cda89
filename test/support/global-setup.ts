import { randomBytes } from 'node:crypto';
import { migrateDatabase } from '@keyward/server/database/migrate-database';
import type { TestProject } from 'vitest/node';
import { administer, databaseUrl } from './postgres-admin.ts';
import { startTestServer } from './postgres-server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Of a database whose user may create others. */
    adminUrl: string;
    /** Begins the name of every database of this run. */
    databasePrefix: string;
    /** The migrated, empty database that each test database is a copy of. */
    templateDatabase: string;
  }
}

/** Gives the run one PostgreSQL with a migrated template; resolves with what takes them down again. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startTestServer();
  const databasePrefix = `keyward_test_${randomBytes(4).toString('hex')}_`;
  const templateDatabase = `${databasePrefix}template`;
  const teardown = () => dropDatabases(server.url, databasePrefix).finally(() => server.stop());
  try {
    await administer(server.url, (sql) => sql`create database ${sql(templateDatabase)}`);
    await migrateDatabase(databaseUrl(server.url, templateDatabase));
  } catch (error) {
    await teardown();
    throw error;
  }
  project.provide('adminUrl', server.url);
  project.provide('databasePrefix', databasePrefix);
  project.provide('templateDatabase', templateDatabase);
  return teardown;
}

async function dropDatabases(adminUrl: string, prefix: string): Promise<void> {
  await administer(adminUrl, async (sql) => {
    const databases = await sql<{ name: string }[]>`
      select datname as name from pg_database where starts_with(datname, ${prefix})`;
    for (const { name } of databases) await sql`drop database ${sql(name)} with (force)`;
  });
}
