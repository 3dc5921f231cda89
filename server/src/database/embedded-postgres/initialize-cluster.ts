import { randomBytes } from 'node:crypto';
import { lstat, open, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { giveTo } from './find-server-user.ts';
import { isOccupied, makeTemporaryFolder, removeFolder } from './make-temporary-folder.ts';
import type { Place } from './place-data.ts';
import { openServerLog } from './server-log.ts';
import { supervisePostgres } from './supervise-postgres.ts';

const passwordFile = 'keyward.password';

/** Whether the place holds a database. What initdb left half done never counts as one. */
export async function hasCluster(place: Place): Promise<boolean> {
  return lstat(place.cluster).then(
    () => true,
    () => false,
  );
}

/**
 * Makes the cluster, with the superuser `keyward` and a random password that rests inside it.
 *
 * All of it happens in a temporary folder. The last step is one rename, which a kill can only
 * come before or after. Throws with initdb's own words when initdb fails.
 */
export async function initializeCluster(place: Place, binaries: string): Promise<void> {
  const temporary = await makeTemporaryFolder(place.home, 'initdb');
  try {
    await giveTo(place.user, temporary);
    const password = join(temporary, passwordFile);
    await writeFile(password, randomBytes(24).toString('base64url'), { mode: 0o600 });
    await giveTo(place.user, password);
    const cluster = join(temporary, 'cluster');
    await runInitdb(place, binaries, cluster, password);
    await rename(password, join(cluster, passwordFile));
    await sync(join(cluster, passwordFile));
    await sync(cluster);
    await rename(cluster, place.cluster);
    await sync(place.home);
  } catch (error) {
    // Another start of the same data directory came first: its database is the one to use.
    if (!isOccupied(error)) throw error;
  } finally {
    await removeFolder(temporary);
  }
}

/** The password that this cluster was made with. */
export async function readPassword(place: Place): Promise<string> {
  return (await readFile(join(place.cluster, passwordFile), 'utf8')).trim();
}

async function runInitdb(place: Place, binaries: string, cluster: string, password: string) {
  const options = [
    ['--pgdata', cluster],
    ['--username', 'keyward'],
    ['--pwfile', password],
    ['--auth', 'scram-sha-256'],
    ['--encoding', 'UTF8'],
    // PostgreSQL's own collation: the same order and case rules on every operating system,
    // and an update of glibc cannot silently break an index.
    ['--locale', 'C'],
    ['--locale-provider', 'builtin'],
    ['--builtin-locale', 'C.UTF-8'],
  ].flat();
  const command = [join(binaries, 'bin', 'initdb'), ...options, '--no-instructions'];
  const log = openServerLog(place.home);
  const ending = await supervisePostgres(command, place.user, log.descriptor).exited;
  const output = log.tail();
  log.close();
  if (ending === 'status 0') return;
  throw new Error(
    `PostgreSQL could not make its database in ${place.cluster} (${ending}): see to what it ` +
      `says below, or set KEYWARD_DATA_DIR / DATABASE_URL.\n${output}`,
  );
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  await handle.sync();
  await handle.close();
}
