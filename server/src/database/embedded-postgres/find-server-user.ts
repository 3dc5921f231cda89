import { execFile } from 'node:child_process';
import { chown, lstat, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The account that PostgreSQL runs under. Undefined wherever it is our own. */
export interface ServerUser {
  name: string;
  uid: number;
  gid: number;
}

/**
 * PostgreSQL refuses to run as root. For root, finds the account it runs under instead: the one
 * that already owns the cluster, else `nobody`. Throws where neither is in /etc/passwd.
 */
export async function findServerUser(cluster: string): Promise<ServerUser | undefined> {
  const ownUid = process.getuid?.();
  const existing = await lstat(cluster).catch(() => null);
  if (ownUid !== 0) {
    if (existing === null || existing.uid === ownUid) return undefined;
    throw new Error(
      `The database in ${cluster} belongs to another user (uid ${existing.uid}): ` +
        'run Keyward as that user or as root, or set KEYWARD_DATA_DIR / DATABASE_URL.',
    );
  }
  const wanted = existing !== null && existing.uid !== 0 ? existing.uid : 'nobody';
  const passwd = await readFile('/etc/passwd', 'utf8').catch(() => '');
  for (const line of passwd.split('\n')) {
    const [name, , uid, gid] = line.split(':');
    if (name === undefined || uid === undefined || gid === undefined) continue;
    // macOS numbers its nobody -2, and says 4294967294 when it is asked for a file's owner.
    if (wanted !== name && wanted !== Number(uid) >>> 0) continue;
    return { name, uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 };
  }
  throw new Error(
    `PostgreSQL refuses to run as root, and /etc/passwd has no user ${wanted} to run it under: ` +
      'start Keyward as an ordinary user, or set DATABASE_URL to a PostgreSQL 15 or newer.',
  );
}

/** Hands a file or folder to the server's account; does nothing when that is our own. */
export async function giveTo(user: ServerUser | undefined, path: string): Promise<void> {
  if (user !== undefined) await chown(path, user.uid, user.gid);
}

/**
 * Hands a cluster that root owns, such as one restored from a backup, to the server's account:
 * PostgreSQL opens only what belongs to it and nobody else can read.
 */
export async function claimCluster(user: ServerUser | undefined, cluster: string): Promise<void> {
  if (user === undefined || (await lstat(cluster)).uid !== 0) return;
  await run('chmod', ['u=rwx,go=', cluster]);
  await run('chown', ['-R', `${user.uid}:${user.gid}`, cluster]);
}

/** The part of spawn's options that changes the account. libuv drops supplementary groups. */
export function spawnAs(user: ServerUser | undefined): { uid?: number; gid?: number } {
  return user === undefined ? {} : { uid: user.uid | 0, gid: user.gid | 0 };
}
