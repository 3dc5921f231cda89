import postgres, { type Sql } from 'postgres';

/** The rows of every table, by its name: what a refusal must leave as it is. */
export function countRows(databaseUrl: string): Promise<Record<string, number>> {
  return withTables(databaseUrl, async (sql, tables) => {
    const counts = tables.map((table) => sql`(select count(*)::int from ${sql(table)})`);
    const all = counts.reduce((one, other) => sql`${one}, ${other}`);
    const [row] = await sql<{ counts: number[] }[]>`select array[${all}] as counts`;
    return Object.fromEntries(tables.map((table, index) => [table, row?.counts[index] ?? 0]));
  });
}

const usageTables = ['key_usage', 'organization_usage', 'key_addresses', 'key_permission_days'];

/** The same without what counts use: a caller's own calls are counted, whatever they are answered. */
export async function countRowsButUsage(databaseUrl: string): Promise<Record<string, number>> {
  const rows = await countRows(databaseUrl);
  for (const table of usageTables) {
    delete rows[`public.${table}`];
  }
  // Webhooks go out meanwhile, and what happened to keys is noticed, whoever calls.
  for (const table of Object.keys(rows)) {
    if (/^(pgboss\.|public\.webhook_(outbox|deliveries|attempts|notices)$)/.test(table))
      delete rows[table];
  }
  return rows;
}

/** Every row of every table as PostgreSQL writes it: bytes in hex, the rest as text. */
export function dumpText(databaseUrl: string): Promise<Record<string, string>> {
  return withTables(databaseUrl, async (sql, tables) => {
    const dump: Record<string, string> = {};
    for (const table of tables) {
      const rows = await sql<{ row: string }[]>`select one::text as row from ${sql(table)} as one`;
      dump[table] = rows.map(({ row }) => row).join('\n');
    }
    return dump;
  });
}

async function withTables<T>(
  databaseUrl: string,
  read: (sql: Sql, tables: string[]) => Promise<T>,
): Promise<T> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  try {
    const tables = await sql<{ name: string }[]>`
      select table_schema || '.' || table_name as name from information_schema.tables
      where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
      order by 1`;
    return await read(
      sql,
      tables.map(({ name }) => name),
    );
  } finally {
    await sql.end();
  }
}
