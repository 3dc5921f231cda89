import { execFile } from 'node:child_process';
import { cp, lstat, open, readdir, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type ServerUser, spawnAs } from './find-server-user.ts';
import { type Binaries, locateBinaries } from './locate-binaries.ts';
import { isOccupied, makeTemporaryFolder, removeFolder } from './make-temporary-folder.ts';
import { makeFolder, systemFolder } from './place-data.ts';

const run = promisify(execFile);

/**
 * Returns the folder of binaries that the server's account can run: npm's own where it can reach
 * them, else a copy below /var/lib/keyward, made once for each version. Throws where neither runs.
 */
export async function prepareBinaries(
  user: ServerUser | undefined,
  log: (message: string) => void,
): Promise<string> {
  const binaries = locateBinaries();
  if (user === undefined || (await findFault(user, binaries.folder)) === null) {
    return binaries.folder;
  }
  const copy = join(systemFolder, `postgresql-${binaries.version}`);
  if ((await lstat(copy).catch(() => null)) === null) await copyBinaries(binaries, copy);
  const fault = await findFault(user, copy);
  if (fault !== null) {
    throw new Error(
      `PostgreSQL does not run here as the user ${user.name}: ` +
        `set DATABASE_URL to a PostgreSQL 15 or newer.\n${fault}`,
    );
  }
  log(`The user ${user.name} cannot run PostgreSQL in ${binaries.folder}: its copy is in ${copy}.`);
  return copy;
}

/** What stops an account from running these binaries, or null when nothing does. */
async function findFault(user: ServerUser, folder: string): Promise<string | null> {
  const options = { cwd: '/', env: { LC_ALL: 'C' }, ...spawnAs(user) };
  const templates = join(folder, 'share', 'postgresql', 'postgres.bki');
  const script = '"$1/bin/postgres" --version && "$1/bin/initdb" --version && test -r "$2"';
  return run('/bin/sh', ['-c', script, 'sh', folder, templates], options).then(
    () => null,
    (error: Error) => error.message,
  );
}

/** Copies under a name that is never used, syncs, then renames: half a copy is never found. */
async function copyBinaries(binaries: Binaries, target: string): Promise<void> {
  await makeFolder(systemFolder);
  const temporary = await makeTemporaryFolder(systemFolder, 'copying');
  await cp(binaries.folder, temporary, { recursive: true, verbatimSymlinks: true });
  await openToAll(temporary);
  try {
    await rename(temporary, target);
  } catch (error) {
    await removeFolder(temporary);
    // Another start of the same version came first, and its copy serves as well.
    if (!isOccupied(error)) throw error;
  }
}

/** Lets every account read, whatever umask npm installed under, and brings all of it to disk. */
async function openToAll(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => !entry.isSymbolicLink())
    .map((entry) => join(entry.parentPath, entry.name));
  for (const path of [folder, ...paths]) {
    const { mode } = await stat(path);
    const handle = await open(path, 'r');
    // Whoever owns a folder or a program may use it; the same is granted to everybody else.
    await handle.chmod(mode & 0o100 ? 0o755 : 0o644);
    await handle.sync();
    await handle.close();
  }
}
