import { chmod, mkdtemp, readdir, rm, stat, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@keyward/server/database/embedded-postgres/start-embedded-postgres';

export interface TestServer {
  /** Of a database whose user may create others. */
  url: string;
  stop(): Promise<void>;
}

/** The server `KEYWARD_TEST_DATABASE_URL` names (PostgreSQL 15 or newer), else one of our own. */
export async function startTestServer(): Promise<TestServer> {
  const given = process.env.KEYWARD_TEST_DATABASE_URL;
  return given ? { url: given, stop: async () => {} } : startEmbeddedTestServer();
}

/** A server of our own, that ends with whoever started it. */
export async function startEmbeddedTestServer(): Promise<TestServer> {
  const room = await findRoom();
  await sweep(room);
  const folder = await mkdtemp(join(room, prefix));
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

const prefix = 'keyward-test-';
const dayMilliseconds = 86_400_000;

/** Removes what a run left behind that was killed: after a day it is nobody's. */
async function sweep(room: string): Promise<void> {
  for (const name of (await readdir(room)).filter((one) => one.startsWith(prefix))) {
    const folder = join(room, name);
    const changed = await stat(folder).catch(() => null);
    if (changed !== null && Date.now() - changed.mtimeMs > dayMilliseconds) {
      await rm(folder, { recursive: true, force: true }).catch(() => {});
    }
  }
}

const memoryDisk = '/dev/shm';
const enoughBytes = 2 * 1024 ** 3;

/** In memory where there is some to spare: on a disk a third of a test file's time is the 400 files of its database. */
async function findRoom(): Promise<string> {
  const free = await statfs(memoryDisk).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => 0,
  );
  return Math.min(free, process.availableMemory()) >= enoughBytes ? memoryDisk : tmpdir();
}
