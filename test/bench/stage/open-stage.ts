import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@keyward/server/database/embedded-postgres/start-embedded-postgres';
import { administer, databaseUrl } from '../../support/postgres-admin.ts';
import { runKeyward, startKeyward } from './processes.ts';

/** What every section stands on: one PostgreSQL, and databases in which Keyward has been set up. */
export interface Stage extends AsyncDisposable {
  /** Of PostgreSQL, such as `18.4`. */
  postgresVersion: string;
  /** The bootstrap key: it may ask about every key, and manage them. */
  callerSecret: string;
  organizationId: string;
  /** A copy of a database with the operator, an organization and the service `short-links`. */
  createDatabase(): Promise<string>;
  createEmptyDatabase(): Promise<string>;
}

/** Starts PostgreSQL as Keyward embeds it, with its own settings: fsync stays on. */
export async function openStage(): Promise<Stage> {
  await using opened = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'keyward-bench-'));
  opened.defer(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }));
  // PostgreSQL refuses root, and its account then has to get into this folder.
  await chmod(folder, 0o755);
  const server = await startEmbeddedPostgres({ dataDirectory: folder });
  opened.defer(() => server.stop());

  let made = 0;
  const create = async (template: string) => {
    made += 1;
    const name = `bench_${made}`;
    await administer(server.url, (sql) =>
      sql.unsafe(`create database ${name} template ${template}`),
    );
    return databaseUrl(server.url, name);
  };
  const templateUrl = await create('template1');
  const { secret, organizationId } = await setUp(templateUrl);
  const [row] = await administer(server.url, (sql) => sql`show server_version`);
  const stack = opened.move();
  return {
    postgresVersion: row?.server_version,
    callerSecret: secret,
    organizationId,
    createDatabase: () => create('bench_1'),
    createEmptyDatabase: () => create('template1'),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

async function setUp(url: string): Promise<{ secret: string; organizationId: string }> {
  const options = ['--email', 'bench@example.com', '--password', 'correct horse battery staple'];
  const line = await runKeyward(url, [
    'server/src/cli.ts',
    'bootstrap',
    ...options,
    '--organization',
    'Acme',
  ]);
  const made = JSON.parse(line);
  await using keyward = await startKeyward(url);
  const answer = await fetch(`${keyward.url}/v1/services/short-links`, {
    method: 'PUT',
    headers: { Authorization: `Bearer ${made.secret}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ preset: 'short-links' }),
  });
  if (!answer.ok) {
    throw new Error(`The service could not be made: ${answer.status} ${await answer.text()}`);
  }
  return made;
}
