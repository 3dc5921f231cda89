import postgres from 'postgres';

export interface WatchedWrites extends AsyncDisposable {
  /** What was written since the last time that somebody asked, as `table operation`. */
  takeWrites(): Promise<string[]>;
}

/**
 * Written while nobody asks for it, or for a call that is refused too: what counts use, limits and guesses,
 * leases, and what webhooks are sent of changes that were made before. Every other table is watched.
 */
const unwatchedTables = [
  ...['key_usage', 'organization_usage', 'key_addresses', 'key_permission_days', 'rate_windows'],
  ...['guesses', 'authority_nodes'],
  ...['webhook_outbox', 'webhook_deliveries', 'webhook_attempts', 'webhook_notices'],
];

/** Columns that the flush of the counts writes each second. */
const countedColumns: Record<string, string[]> = {
  keys: ['total_requests', 'last_used_at', 'last_used_ip'],
  key_secrets: ['first_used_at', 'last_used_at'],
};

/** Sees each row that is committed to any table, by triggers: what is rolled back leaves no trace. */
export async function watchWrites(databaseUrl: string): Promise<WatchedWrites> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  await sql.unsafe(`
    create unlogged table watched_writes (what text not null);
    create function watch_write() returns trigger language plpgsql as $$
      begin
        if tg_op = 'UPDATE' and to_jsonb(old) - tg_argv[0]::text[] = to_jsonb(new) - tg_argv[0]::text[] then
          return null;
        end if;
        insert into watched_writes values (tg_table_name || ' ' || lower(tg_op));
        return null;
      end $$`);
  const tables = await sql<{ name: string }[]>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE'
      and table_name <> all (${[...unwatchedTables, 'watched_writes']})`;
  for (const { name } of tables) {
    const uncounted = (countedColumns[name] ?? []).join(',');
    await sql.unsafe(`create trigger watched after insert or update or delete on "${name}"
      for each row execute function watch_write('{${uncounted}}')`);
  }
  return {
    async takeWrites() {
      const rows = await sql<{ what: string }[]>`delete from watched_writes returning what`;
      return [...new Set(rows.map(({ what }) => what))].sort();
    },
    [Symbol.asyncDispose]: () => sql.end(),
  };
}
