import postgres, { type Sql } from 'postgres';

/** The rows of every table, by its name: what a refusal must leave as it is. */
export function countRows(databaseUrl: string): Promise<Record<string, number>> {
  return eachTable(databaseUrl, async (sql, table) => {
    const [row] = await sql<{ count: number }[]>`select count(*)::int as count from ${sql(table)}`;
    return row?.count ?? 0;
  });
}

/** The same without what counts use: a caller's own calls are counted, whatever they are answered. */
export async function countRowsButUsage(databaseUrl: string): Promise<Record<string, number>> {
  const rows = await countRows(databaseUrl);
  delete rows['public.key_usage'];
  delete rows['public.key_permission_days'];
  return rows;
}

/** Every row of every table as PostgreSQL writes it: bytes in hex, the rest as text. */
export function dumpText(databaseUrl: string): Promise<Record<string, string>> {
  return eachTable(databaseUrl, async (sql, table) => {
    const rows = await sql<{ row: string }[]>`select one::text as row from ${sql(table)} as one`;
    return rows.map(({ row }) => row).join('\n');
  });
}

async function eachTable<T>(
  databaseUrl: string,
  read: (sql: Sql, table: string) => Promise<T>,
): Promise<Record<string, T>> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  try {
    const tables = await sql<{ name: string }[]>`
      select table_schema || '.' || table_name as name from information_schema.tables
      where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
      order by 1`;
    const found: Record<string, T> = {};
    for (const { name } of tables) found[name] = await read(sql, name);
    return found;
  } finally {
    await sql.end();
  }
}
