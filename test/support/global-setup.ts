import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@keyward/server/database/embedded-postgres/start-embedded-postgres';
import { migrateDatabase } from '@keyward/server/database/migrate-database';
import type { TestProject } from 'vitest/node';
import { administer, databaseUrl } from './postgres-admin.ts';

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

interface Server {
  url: string;
  stop(): Promise<void>;
}

/** Gives the run one PostgreSQL with a migrated template; resolves with what takes them down again. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startServer();
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

/** The server `KEYWARD_TEST_DATABASE_URL` names (PostgreSQL 15 or newer), else one of our own. */
async function startServer(): Promise<Server> {
  const given = process.env.KEYWARD_TEST_DATABASE_URL;
  if (given) return { url: given, stop: async () => {} };
  const folder = await mkdtemp(join(tmpdir(), 'keyward-test-'));
  // PostgreSQL refuses root, and its account then has to get into this folder.
  await chmod(folder, 0o755);
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const server = await startEmbeddedPostgres({
      dataDirectory: folder,
      log: (message) => console.error(message),
      // Nothing here has to survive a crash.
      settings: { fsync: 'off', full_page_writes: 'off', max_connections: '300' },
    });
    return { url: server.url, stop: () => server.stop().finally(remove) };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function dropDatabases(adminUrl: string, prefix: string): Promise<void> {
  await administer(adminUrl, async (sql) => {
    const databases = await sql<{ name: string }[]>`
      select datname as name from pg_database where starts_with(datname, ${prefix})`;
    for (const { name } of databases) await sql`drop database ${sql(name)} with (force)`;
  });
}
