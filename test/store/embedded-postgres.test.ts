import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, readdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, describe, expect, test } from 'vitest';
import {
  identifyProcess,
  isProcessAlive,
} from '../../server/src/database/embedded-postgres/identify-process.ts';
import { locateBinaries } from '../../server/src/database/embedded-postgres/locate-binaries.ts';
import { placeData } from '../../server/src/database/embedded-postgres/place-data.ts';
import {
  attachOrStartEmbeddedPostgres,
  startEmbeddedPostgres,
} from '../../server/src/database/embedded-postgres/start-embedded-postgres.ts';
import {
  endStartedProcesses,
  isAlive,
  killAll,
  makeZombie,
  spawnOwner,
  startOwner,
  supervisorsOf,
  until,
} from './fixtures/server-processes.ts';

const isRoot = process.getuid?.() === 0;
const isLinux = process.platform === 'linux';
const alreadyRunning = (pid: number) =>
  `another Keyward is running on this data directory (pid ${pid}): ` +
  'stop it, or set KEYWARD_DATA_DIR / DATABASE_URL';

const cleanups: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  endStartedProcesses();
  for (const cleanup of cleanups.reverse()) await cleanup();
});

describe('the embedded PostgreSQL', () => {
  /** Most tests leave their server stopped and its data whole, so they share one. */
  let shared = '';

  test('the first start makes an empty database, UTF-8 and UTC, and syncs to disk', async () => {
    shared = await makeDataDirectory();
    const server = await startEmbeddedPostgres({ dataDirectory: shared });
    expect(server.owned).toBe(true);
    expect(server.url).toMatch(/^postgres:\/\/keyward:[\w-]{32}@127\.0\.0\.1:\d+\/keyward$/);
    const [facts] = await query(
      server.url,
      `SELECT pg_encoding_to_char(encoding) AS encoding, datlocprovider AS provider,
         current_setting('TimeZone') AS zone, current_setting('fsync') AS fsync,
         current_setting('listen_addresses') AS address, lower('ÄÉ') AS lowered,
         current_setting('unix_socket_directories') AS sockets
       FROM pg_database WHERE datname = current_database()`,
    );
    expect(facts).toEqual({
      encoding: 'UTF8',
      provider: 'b',
      zone: 'UTC',
      fsync: 'on',
      address: '127.0.0.1',
      lowered: 'äé',
      sockets: '',
    });
    await query(server.url, 'CREATE TABLE notes (line text); INSERT INTO notes VALUES ($$one$$)');
    await server.stop();
    await server.stop();
    await expectNoServer(shared);
  });

  test('a second start finds what the first one kept, and lets settings be overridden', async () => {
    const server = await startEmbeddedPostgres({
      dataDirectory: shared,
      settings: { max_connections: '17' },
    });
    expect(await query(server.url, 'SELECT line FROM notes')).toEqual([{ line: 'one' }]);
    expect(await query(server.url, 'SHOW max_connections')).toEqual([{ max_connections: '17' }]);
    await server.stop();
  });

  test('only its own account reads the data and the password, and only the password opens it', async () => {
    const server = await startEmbeddedPostgres({ dataDirectory: shared });
    const { cluster } = await placeData(shared);
    expect((await stat(cluster)).mode & 0o777).toBe(0o700);
    expect((await stat(join(cluster, 'keyward.password'))).mode & 0o777).toBe(0o600);
    const wrong = new URL(server.url);
    wrong.password = 'guess';
    await expect(query(wrong.href, 'SELECT 1')).rejects.toThrow(/password authentication failed/);
    await server.stop();
  });

  test.runIf(isLinux)('the server sees none of our environment', async () => {
    process.env.KEYWARD_TEST_SECRET = 'only ours';
    const server = await startEmbeddedPostgres({ dataDirectory: shared });
    const { pid } = await readPostmaster(shared);
    const names = readFileSync(`/proc/${pid}/environ`, 'utf8')
      .split('\0')
      .map((pair) => pair.split('=')[0] ?? '');
    delete process.env.KEYWARD_TEST_SECRET;
    expect(names).toContain('TZ');
    // The shell adds its own three, and PostgreSQL the one by which it finds its folder.
    const known = ['', 'PATH', 'LC_ALL', 'LANG', 'TZ', 'PWD', 'OLDPWD', 'SHLVL', '_'];
    expect(names.filter((name) => !known.includes(name) && !name.startsWith('PG'))).toEqual([]);
    await server.stop();
  });

  test('while another process runs it, a start is refused and an attach gets the same server', async () => {
    const owner = await startOwner(shared);
    await expect(startEmbeddedPostgres({ dataDirectory: shared })).rejects.toThrow(
      alreadyRunning(owner.pid),
    );
    const attached = await attachOrStartEmbeddedPostgres({ dataDirectory: shared });
    expect(attached).toMatchObject({ url: owner.url, owned: false });
    await attached.stop();
    expect(await query(owner.url, 'SELECT line FROM notes')).toEqual([{ line: 'one' }]);
    await owner.kill();
  });

  test('an attach starts the server itself where none runs', async () => {
    const server = await attachOrStartEmbeddedPostgres({ dataDirectory: shared });
    expect(server.owned).toBe(true);
    await server.stop();
    await expectNoServer(shared);
  });

  test('a Ctrl-C for the whole process group leaves the server to a draining owner', async () => {
    const owner = await startOwner(shared, { ownGroup: true });
    process.kill(-owner.pid, 'SIGINT');
    expect(await owner.nextEvent()).toEqual({ drained: true });
    expect(await owner.nextEvent()).toEqual({ stopped: true });
    await owner.ended;
    await expectNoServer(shared);
  });

  test('a kill -9 of the owner ends the server, and the next start has every row', async () => {
    const owner = await startOwner(shared);
    const { pid } = await readPostmaster(shared);
    await query(owner.url, 'INSERT INTO notes VALUES ($$two$$)');
    await owner.kill();
    await until('the server is gone', () => !isAlive(pid));

    const server = await startEmbeddedPostgres({ dataDirectory: shared });
    expect(await query(server.url, 'SELECT line FROM notes ORDER BY line')).toEqual([
      { line: 'one' },
      { line: 'two' },
    ]);
    await server.stop();
  });

  test('a start straight after the kill -9 waits for the dying server by itself', async () => {
    const owner = await startOwner(shared);
    await owner.kill();
    const server = await startEmbeddedPostgres({ dataDirectory: shared });
    expect(await query(server.url, 'SELECT count(*)::int AS lines FROM notes')).toEqual([
      { lines: 2 },
    ]);
    await server.stop();
  });

  test.runIf(isLinux)(
    'a kill -9 of owner and supervisor leaves an orphan, which the next start ends',
    async () => {
      const owner = await startOwner(shared);
      const { pid } = await readPostmaster(shared);
      const supervisors = await supervisorsOf(pid);
      // An owner that sees its supervisor end would stop the server itself.
      process.kill(owner.pid, 'SIGSTOP');
      killAll(supervisors);
      await owner.kill();
      expect(isAlive(pid)).toBe(true);
      const said: string[] = [];
      const server = await startEmbeddedPostgres({
        dataDirectory: shared,
        log: (m) => said.push(m),
      });
      expect(isAlive(pid)).toBe(false);
      expect(said.join('\n')).toContain(`pid ${pid}`);
      await server.stop();
    },
  );

  test.runIf(isLinux)('after a kill -9 of every process the next start has every row', async () => {
    const owner = await startOwner(shared);
    const { pid } = await readPostmaster(shared);
    await query(owner.url, 'INSERT INTO notes VALUES ($$three$$)');
    killAll([...(await supervisorsOf(pid)), pid]);
    await owner.kill();
    const server = await startEmbeddedPostgres({ dataDirectory: shared });
    expect(await query(server.url, 'SELECT count(*)::int AS lines FROM notes')).toEqual([
      { lines: 3 },
    ]);
    await server.stop();
  });

  test.runIf(isLinux)('stop() ends the server even when its supervisor was killed', async () => {
    const server = await startEmbeddedPostgres({ dataDirectory: shared });
    const { pid } = await readPostmaster(shared);
    killAll(await supervisorsOf(pid));
    await server.stop();
    // Without its supervisor nobody takes note of its end at once.
    await until('the server is gone', () => !isAlive(pid));
  });

  test('a pid file that names a living stranger, a zombie or nothing does not stop a start', async () => {
    const { cluster } = await placeData(shared);
    const zombie = await makeZombie();
    const stranger = stalePidFile(cluster, process.pid);
    for (const text of [stranger, stalePidFile(cluster, zombie), 'nonsense\n', '']) {
      await writeFile(join(cluster, 'postmaster.pid'), text);
      const server = await startEmbeddedPostgres({ dataDirectory: shared });
      expect(await query(server.url, 'SELECT count(*)::int AS lines FROM notes')).toEqual([
        { lines: 3 },
      ]);
      await server.stop();
    }
  });

  test("a start that fails ends with PostgreSQL's own words, says what to do, leaves nothing", async () => {
    const settings = { shared_buffers: 'plenty' };
    const failure = startEmbeddedPostgres({ dataDirectory: shared, settings });
    await expect(failure).rejects.toThrow(/did not start.*KEYWARD_DATA_DIR \/ DATABASE_URL/s);
    await expect(failure).rejects.toThrow(/invalid value for parameter "shared_buffers".*$/);
    await expectNoServer(shared);
  });

  test('a server that ends by itself is told of, and stop() still returns', async () => {
    const said: string[] = [];
    const log = (message: string) => said.push(message);
    const server = await startEmbeddedPostgres({ dataDirectory: shared, log });
    const { pid } = await readPostmaster(shared);
    killAll([pid]);
    await until('the log says so', () => said.some((text) => text.includes('ended by itself')));
    await server.stop();
  });

  test.runIf(isRoot)(
    'a database that was restored as root is handed to the account that runs it',
    async () => {
      const { cluster } = await placeData(shared);
      execFileSync('chown', ['-R', '0:0', cluster]);
      await chmod(cluster, 0o755);
      const server = await startEmbeddedPostgres({ dataDirectory: shared });
      expect(await query(server.url, 'SELECT count(*)::int AS lines FROM notes')).toEqual([
        { lines: 3 },
      ]);
      expect((await stat(cluster)).mode & 0o777).toBe(0o700);
      await server.stop();
    },
  );

  test('of several that come at once to an empty directory one owns and the others attach', async () => {
    const dataDirectory = await makeDataDirectory();
    const servers = await Promise.all(
      [1, 2, 3].map(() => attachOrStartEmbeddedPostgres({ dataDirectory })),
    );
    expect(servers.filter((server) => server.owned)).toHaveLength(1);
    expect(new Set(servers.map((server) => server.url)).size).toBe(1);
    for (const server of servers) await server.stop();
    await expectNoServer(dataDirectory);
  });

  test('several that come at once upon a stale pid file do not take each other for stale', async () => {
    const { cluster } = await placeData(shared);
    for (let round = 0; round < 3; round++) {
      await writeFile(join(cluster, 'postmaster.pid'), stalePidFile(cluster, process.pid));
      const servers = await Promise.all(
        [1, 2, 3, 4].map(() => attachOrStartEmbeddedPostgres({ dataDirectory: shared })),
      );
      expect(servers.filter((server) => server.owned)).toHaveLength(1);
      const { pid } = await readPostmaster(shared);
      expect(isAlive(pid)).toBe(true);
      for (const server of servers) await server.stop();
    }
  });

  test('an initdb killed half way leaves no database, and the next start makes a whole one', async () => {
    const dataDirectory = await makeDataDirectory();
    const child = spawnOwner(dataDirectory);
    const halfDone = async () =>
      (await readdir(dataDirectory)).find(
        (name) =>
          name.startsWith('initdb-') && existsSync(join(dataDirectory, name, 'cluster', 'global')),
      );
    await until('initdb is at work', halfDone, 2);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(existsSync(join(dataDirectory, 'postgresql'))).toBe(false);

    const server = await startEmbeddedPostgres({ dataDirectory });
    expect(await query(server.url, 'SELECT current_user')).toEqual([{ current_user: 'keyward' }]);
    await server.stop();
    expect((await readdir(dataDirectory)).sort()).toEqual(['postgres.log', 'postgresql']);
  });

  test.runIf(isRoot)(
    'below a folder that only root may enter it runs too, keeps its data, says where',
    async () => {
      const closed = await makeFolder('keyward-closed-', 0o700);
      const dataDirectory = join(closed, 'data');
      const said: string[] = [];
      const log = (message: string) => said.push(message);
      const { home, moved } = await placeData(dataDirectory);
      cleanups.push(() => rm(home, { recursive: true, force: true }));
      const first = await startEmbeddedPostgres({ dataDirectory, log });
      await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
      await first.stop();
      expect(moved).toBe(true);
      expect(home).toMatch(/^\/var\/lib\/keyward\/data-[0-9a-f]{16}$/);
      expect(said.join('\n')).toContain(home);
      expect((await stat(closed)).mode & 0o777).toBe(0o700);

      // The way in opens later: the data stays where it is.
      await chmod(closed, 0o755);
      const second = await startEmbeddedPostgres({ dataDirectory });
      expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
      await second.stop();
    },
  );

  test('a later process with the pid of an owner is not taken for it', async () => {
    const identity = await identifyProcess(process.pid);
    expect(await isProcessAlive(identity ?? '')).toBe(true);
    expect(await isProcessAlive(`${process.pid}-1`)).toBe(false);
    expect(await identifyProcess(await makeZombie())).toBe(null);
  });

  test('a platform without binaries is told to bring its own PostgreSQL', () => {
    expect(() => locateBinaries('win32', 'x64')).toThrow(
      'There is no embedded PostgreSQL for win32-x64: set DATABASE_URL to a PostgreSQL 15 or newer.',
    );
    expect(() => locateBinaries('darwin', isLinux ? 'arm64' : 'x64')).toThrow(/DATABASE_URL/);
  });
});

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const sql = postgres(url, { max: 1, onnotice: () => {}, connect_timeout: 10 });
  try {
    return [...(await sql.unsafe(text))];
  } finally {
    await sql.end({ timeout: 2 });
  }
}

/** A temporary folder that PostgreSQL's account may enter: mkdtemp's own are for us alone. */
async function makeDataDirectory(): Promise<string> {
  return makeFolder('keyward-data-', 0o755);
}

async function makeFolder(prefix: string, mode: number): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), prefix)));
  await chmod(folder, mode);
  cleanups.push(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }));
  return folder;
}

async function readPostmaster(dataDirectory: string): Promise<{ pid: number; port: number }> {
  const { cluster } = await placeData(dataDirectory);
  const lines = (await readFile(join(cluster, 'postmaster.pid'), 'utf8')).split('\n');
  return { pid: Number(lines[0]), port: Number(lines[3]) };
}

/** What a server leaves behind that was killed, with somebody's pid. */
function stalePidFile(cluster: string, pid: number): string {
  return [pid, cluster, 1_700_000_000, 5432, '', '127.0.0.1', ' 1234567 0', 'ready', ''].join('\n');
}

async function expectNoServer(dataDirectory: string): Promise<void> {
  await expect(readPostmaster(dataDirectory)).rejects.toThrow(/ENOENT/);
}
