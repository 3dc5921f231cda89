import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { administer, databaseUrl } from './postgres-admin.ts';

export interface TestDatabase extends AsyncDisposable {
  url: string;
}

/**
 * A migrated, empty database of the caller's own: `await using database = await createTestDatabase()`.
 * One for each test file is enough as a rule. Disposing of it drops it, whoever is still connected.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const adminUrl = inject('adminUrl');
  const template = inject('templateDatabase');
  const name = `${inject('databasePrefix')}${randomBytes(8).toString('hex')}`;
  await administer(
    adminUrl,
    (sql) => sql`create database ${sql(name)} template ${sql(template)} strategy file_copy`,
  );
  return {
    url: databaseUrl(adminUrl, name),
    async [Symbol.asyncDispose]() {
      await administer(adminUrl, (sql) => sql`drop database if exists ${sql(name)} with (force)`);
    },
  };
}
