import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { giveTo, type ServerUser } from './find-server-user.ts';
import { inspectPostmaster, readPidFile } from './inspect-postmaster.ts';

/** Above every pid that Linux or macOS hands out. */
const impossiblePid = 2_147_483_646;
const settleMilliseconds = 100;

/**
 * Makes a postmaster.pid harmless whose server is gone. Does nothing while there is a server.
 * PostgreSQL would take any process with the recorded pid for one, even a zombie or a stranger.
 */
export async function retireStalePidFile(
  cluster: string,
  user: ServerUser | undefined,
): Promise<void> {
  const stale = await readPidFile(cluster);
  if (stale === null || !blocksStart(stale)) return;
  // A server that starts at this moment writes the file too; only one that stands still is stale.
  await delay(settleMilliseconds);
  if ((await inspectPostmaster(cluster)) !== null) return;

  const pidFile = join(cluster, 'postmaster.pid');
  const replacement = `${pidFile}.${randomBytes(4).toString('hex')}`;
  // Only the pid is replaced: the shared memory key that stays behind still stops a second
  // server while a backend of the first one lives.
  const [, ...rest] = stale.split('\n');
  await writeFile(replacement, [impossiblePid, ...rest].join('\n'), { mode: 0o600 });
  await giveTo(user, replacement);
  try {
    // Synchronous, so that nothing of ours can run between the last look and the replacement.
    if (readFileSync(pidFile, 'utf8') === stale) renameSync(replacement, pidFile);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  } finally {
    await rm(replacement, { force: true });
  }
}

/** A pid that no process has is recognised by PostgreSQL itself, and its file left to it. */
function blocksStart(pidFile: string): boolean {
  const pid = Math.abs(Number.parseInt(pidFile, 10));
  if (!(pid > 0)) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
