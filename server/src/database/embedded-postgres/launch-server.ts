import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { giveTo } from './find-server-user.ts';
import { identifyProcess } from './identify-process.ts';
import { inspectPostmaster } from './inspect-postmaster.ts';
import type { Place } from './place-data.ts';
import { openServerLog, type ServerLog } from './server-log.ts';
import { serverArguments } from './server-settings.ts';
import { type SupervisedProgram, supervisePostgres } from './supervise-postgres.ts';

/** Replaying the log after a crash is the longest part of a start; a busy hour takes minutes. */
const startTimeoutMilliseconds = 10 * 60 * 1000;
const pollMilliseconds = 20;

/** What a start loses to another process, and can win a moment later. */
const lostRace =
  /Address already in use|lock file ".*" (?:already exists|is empty)|shared memory block .* still in use/;

/** A server that takes connections, and its log. */
export interface LaunchedServer extends SupervisedProgram {
  port: number;
  log: ServerLog;
}

/**
 * Starts a server on the cluster, on a free port, and returns it once it is ready; or null when
 * the port or the cluster was taken first, and a new look at both is due. Throws with the last
 * lines of PostgreSQL's own output when it ends instead.
 */
export async function launchServer(
  place: Place,
  binaries: string,
  settings: Record<string, string> | undefined,
): Promise<LaunchedServer | null> {
  const owner = await identifyProcess(process.pid);
  if (owner === null) throw new Error('This process cannot be found in the process table.');
  const port = await findFreePort();
  const log = openServerLog(place.home);
  await giveTo(place.user, log.path);
  const command = [
    join(binaries, 'bin', 'postgres'),
    ...serverArguments(place.cluster, port, owner, settings),
  ];
  const server = supervisePostgres(command, place.user, log.descriptor);

  const deadline = performance.now() + startTimeoutMilliseconds;
  while (server.isRunning() && performance.now() < deadline) {
    const postmaster = await inspectPostmaster(place.cluster);
    const isOurs = postmaster?.owner === owner && postmaster.port === port;
    if (isOurs && postmaster.status === 'ready') {
      // A caller that forgets to stop its server may still end, and the server ends with it.
      server.unref();
      return { ...server, port, log };
    }
    await delay(pollMilliseconds);
  }
  server.requestStop();
  const ending = await server.exited;
  const output = log.tail();
  log.close();
  if (lostRace.test(output)) return null;
  throw new Error(
    `PostgreSQL did not start (${ending}): see to what it says below (all of it is in ` +
      `${log.path}), or set KEYWARD_DATA_DIR / DATABASE_URL.\n${output}`,
  );
}

/** A free TCP port of 127.0.0.1. Another process may still take it before the server does. */
async function findFreePort(): Promise<number> {
  const probe = createServer();
  return new Promise((resolve, reject) => {
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0));
    });
  });
}
