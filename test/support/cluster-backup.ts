import { randomBytes } from 'node:crypto';
import type { Cluster } from './cluster.ts';
import { administer, databaseUrl } from './postgres-admin.ts';

export interface Backup {
  /** Puts the copy in the database's place, as an operator does who restores a dump. */
  restore(): Promise<void>;
}

/** Copies the database of a cluster, whose nodes are cut off for as long as that takes. */
export async function takeBackup(cluster: Cluster, adminUrl: string): Promise<Backup> {
  const name = new URL(cluster.databaseUrl).pathname.slice(1);
  const copy = `${name}_${randomBytes(3).toString('hex')}`;
  await administer(adminUrl, async (sql) => {
    await alone(cluster, adminUrl, () => sql`create database ${sql(copy)} template ${sql(name)}`);
  });
  return {
    restore: () =>
      alone(cluster, adminUrl, () =>
        administer(adminUrl, async (sql) => {
          await sql`alter database ${sql(name)} rename to ${sql(`${copy}_lost`)}`;
          await sql`alter database ${sql(copy)} rename to ${sql(name)}`;
        }),
      ),
  };
}

/** Works while nobody is connected to the database, which PostgreSQL asks for. */
async function alone(
  { nodes, databaseUrl: url }: Cluster,
  adminUrl: string,
  work: () => Promise<unknown>,
): Promise<void> {
  for (const { proxy } of nodes) proxy.set('cut');
  const name = new URL(url).pathname.slice(1);
  await administer(databaseUrl(adminUrl, 'postgres'), async (sql) => {
    for (let connected = 1; connected > 0; ) {
      const rows = await sql`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = ${name}`;
      connected = rows.length;
    }
  });
  await work();
  for (const { proxy } of nodes) proxy.set('pass');
}
