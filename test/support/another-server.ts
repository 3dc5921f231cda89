import { migrateDatabase } from '@keyward/server/database/migrate-database';
import type { Sql } from 'postgres';
import { administer, databaseUrl } from './postgres-admin.ts';
import { startEmbeddedTestServer } from './postgres-server.ts';

/** Another PostgreSQL with everything that a database holds, which takes the same name and password. */
export async function copyToAnotherServer(url: string): Promise<AsyncDisposable & { url: string }> {
  await using started = new AsyncDisposableStack();
  const server = await startEmbeddedTestServer();
  started.defer(() => server.stop());
  const { username, password, pathname } = new URL(url);
  const database = pathname.slice(1);
  await administer(server.url, async (sql) => {
    await sql`create database ${sql(database)}`;
    if (username !== new URL(server.url).username) {
      await sql`create role ${sql(username)} superuser login`;
    }
    await sql.unsafe(`alter role "${username}" password '${decodeURIComponent(password)}'`);
  });
  const copied = new URL(databaseUrl(server.url, database));
  Object.assign(copied, { username, password });
  await migrateDatabase(copied.href);
  await administer(url, (from) => administer(copied.href, (to) => copyRows(from, to)));
  const stack = started.move();
  return { url: copied.href, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

async function copyRows(from: Sql, to: Sql): Promise<void> {
  const tables = await from<{ name: string }[]>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE'`;
  const triggers = await to<{ place: string; name: string; mode: string }[]>`
    select tgrelid::regclass::text as place, tgname as name, tgenabled as mode
    from pg_trigger where not tgisinternal`;
  await to.begin(async (sql) => {
    // No order of foreign keys, and no trigger of ours, such as those that keep the audit log as it is.
    await sql`set local session_replication_role = replica`;
    for (const { place, name } of triggers) {
      await sql`alter table ${sql(place)} disable trigger ${sql(name)}`;
    }
    for (const { name } of tables) {
      await sql`delete from ${sql(name)}`;
      const rows = await from`select row_to_json(t)::text as row from ${from(name)} t`;
      for (const { row } of rows) {
        await sql`insert into ${sql(name)} select * from json_populate_record(null::${sql(name)}, ${row}::text::json)`;
      }
    }
    for (const { place, name, mode } of triggers) {
      const how = mode === 'A' ? sql`enable always` : sql`enable`;
      await sql`alter table ${sql(place)} ${how} trigger ${sql(name)}`;
    }
  });
}
