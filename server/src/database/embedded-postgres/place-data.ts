import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, lstat, mkdir, realpath } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { findServerUser, type ServerUser, spawnAs } from './find-server-user.ts';

const run = promisify(execFile);

/** Where root's PostgreSQL lives when its account cannot reach the places that were asked for. */
export const systemFolder = '/var/lib/keyward';

/** Where the files of one data directory are, and under which account its server runs. */
export interface Place {
  /** The data directory as the caller named it, made absolute. */
  dataDirectory: string;
  /** Holds the cluster and the log; the data directory itself unless `moved`. */
  home: string;
  /** PostgreSQL's own data folder. It need not exist yet. */
  cluster: string;
  user: ServerUser | undefined;
  moved: boolean;
}

/** Chooses the place for a data directory's files, the same one at every start, and makes it. */
export async function placeData(dataDirectoryOption: string): Promise<Place> {
  await makeFolder(resolve(dataDirectoryOption));
  const dataDirectory = await realpath(dataDirectoryOption);
  const hash = createHash('sha256').update(dataDirectory).digest('hex').slice(0, 16);
  const movedHome = join(systemFolder, `data-${hash}`);

  const placeIn = async (home: string): Promise<Place> => {
    const cluster = join(home, 'postgresql');
    const user = await findServerUser(cluster);
    return { dataDirectory, home, cluster, user, moved: home === movedHome };
  };
  // A database that was once moved stays there, even when the way to the first place opens later.
  if (process.getuid?.() === 0 && (await exists(join(movedHome, 'postgresql')))) {
    return placeIn(movedHome);
  }
  const place = await placeIn(dataDirectory);
  if (place.user === undefined || (await canEnter(place.user, dataDirectory))) return place;
  if (await exists(place.cluster)) {
    throw new Error(
      `PostgreSQL runs as the user ${place.user.name} here, who cannot reach its database in ` +
        `${place.cluster}: let that user pass every folder above it (chmod o+x), ` +
        'or set KEYWARD_DATA_DIR / DATABASE_URL.',
    );
  }
  await makeFolder(movedHome);
  return placeIn(movedHome);
}

/**
 * Makes a folder and what is missing above it. As root, those it makes can be passed by the
 * server's account whatever the umask; folders that existed keep the mode they have.
 */
export async function makeFolder(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true });
  if (first === undefined || process.getuid?.() !== 0) return;
  for (let folder = path; folder.length >= first.length; folder = dirname(folder)) {
    await chmod(folder, 0o755);
  }
}

/** Asks the kernel rather than mode bits, which know nothing of ACLs and mount options. */
async function canEnter(user: ServerUser, folder: string): Promise<boolean> {
  const attempt = run('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { cwd: '/', ...spawnAs(user) });
  return attempt.then(
    () => true,
    () => false,
  );
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
