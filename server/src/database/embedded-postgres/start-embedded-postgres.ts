import { setTimeout as delay } from 'node:timers/promises';
import { ensureDatabase } from './ensure-database.ts';
import { claimCluster } from './find-server-user.ts';
import { hasCluster, initializeCluster, readPassword } from './initialize-cluster.ts';
import { inspectPostmaster, type Postmaster } from './inspect-postmaster.ts';
import { type LaunchedServer, launchServer } from './launch-server.ts';
import { type Place, placeData } from './place-data.ts';
import { prepareBinaries } from './prepare-binaries.ts';
import { retireStalePidFile } from './retire-stale-pid-file.ts';
import { stopPostmaster } from './stop-postmaster.ts';

export interface EmbeddedPostgres {
  /** `postgres://keyward:<password>@127.0.0.1:<port>/keyward`; the port is another at each start. */
  url: string;
  /** Ends a server that is ours by a fast shutdown; resolves when its process is gone. */
  stop(): Promise<void>;
  /** False when this process only attached to a server that another process runs. */
  owned: boolean;
}

export interface EmbeddedPostgresOptions {
  dataDirectory: string;
  /** Told, in one sentence each, what an operator should know. Silent by default. */
  log?: (message: string) => void;
  /** Merged over our own postgresql.conf settings, such as `{ fsync: 'off' }` in a test. */
  settings?: Record<string, string>;
}

/** How long a start that keeps losing to other processes goes on. */
const contentionMilliseconds = 60_000;
const pollMilliseconds = 100;

/**
 * Starts the server of a data directory; makes its database first where there is none, and
 * recovers from whatever killed the last one. Throws when another Keyward runs it, and when
 * PostgreSQL does not start, with what to do.
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  return acquireServer(options, (_place, postmaster) => {
    throw describeRunning(postmaster);
  });
}

/**
 * Attaches to the server of a data directory where one runs, else starts it as
 * {@link startEmbeddedPostgres} does. An attached one ends with its owner, not by `stop()`.
 */
export async function attachOrStartEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  return acquireServer(options, async (place, { port, status }) => {
    if (status !== 'ready' || port === null) return null;
    const url = await connectionUrl(place, port);
    try {
      await ensureDatabase(url);
    } catch (error) {
      // It may have begun to shut down since it was looked at, and is then waited for.
      const now = await inspectPostmaster(place.cluster);
      if (now?.port === port && now.status === 'ready') throw error;
      return null;
    }
    return { url, stop: async () => {}, owned: false };
  });
}

type MeetRunningServer = (place: Place, postmaster: Postmaster) => Promise<EmbeddedPostgres | null>;

/**
 * Looks at what runs, acts on it, and looks again, until there is a server. The cluster's rename
 * and PostgreSQL's own lock file decide between processes that do this at the same time.
 */
async function acquireServer(
  options: EmbeddedPostgresOptions,
  meetRunningServer: MeetRunningServer,
): Promise<EmbeddedPostgres> {
  const log = sayOnce(options.log);
  const place = await placeData(options.dataDirectory);

  for (let waited = 0; waited < contentionMilliseconds; waited += pollMilliseconds) {
    const postmaster = await inspectPostmaster(place.cluster);
    if (postmaster === null) {
      const server = await launch(place, options.settings, log);
      if (server !== null) return own(place, server, log);
    } else if (postmaster.owner !== null && !postmaster.ownerIsAlive) {
      log(`Waiting for the PostgreSQL (pid ${postmaster.pid}) of a Keyward that is gone to end.`);
      await stopPostmaster(place.cluster, postmaster.pid);
    } else if (postmaster.status !== 'stopping') {
      const met = await meetRunningServer(place, postmaster);
      if (met !== null) return met;
    }
    await delay(pollMilliseconds);
  }
  throw new Error(
    `PostgreSQL's data in ${place.cluster} stayed in use by another process for ` +
      `${contentionMilliseconds / 1000} s (${place.home}/postgres.log says more): ` +
      'end the postgres processes that use it, or set KEYWARD_DATA_DIR / DATABASE_URL.',
  );
}

async function launch(
  place: Place,
  settings: Record<string, string> | undefined,
  log: (message: string) => void,
): Promise<LaunchedServer | null> {
  if (place.user !== undefined) {
    log(`PostgreSQL refuses to run as root, so it runs as the user ${place.user.name}.`);
  }
  if (place.moved) {
    log(`The data is in ${place.home}: that user could not enter ${place.dataDirectory}.`);
  }
  const binaries = await prepareBinaries(place.user, log);
  if (!(await hasCluster(place))) await initializeCluster(place, binaries);
  await claimCluster(place.user, place.cluster);
  await retireStalePidFile(place.cluster, place.user);
  return launchServer(place, binaries, settings);
}

/** Turns a server that has just started into the caller's own. */
async function own(
  place: Place,
  server: LaunchedServer,
  log: (message: string) => void,
): Promise<EmbeddedPostgres> {
  let stopping: Promise<void> | undefined;
  const stop = async () => {
    server.requestStop();
    await server.exited;
    server.log.close();
    // Only when somebody killed the supervisor is there still a server to end.
    const left = await inspectPostmaster(place.cluster);
    if (left?.port === server.port) await stopPostmaster(place.cluster, left.pid);
  };
  void server.exited.then((ending) => {
    if (stopping !== undefined) return;
    log(`PostgreSQL has ended by itself (${ending}): start Keyward again.\n${server.log.tail()}`);
  });
  const handle: EmbeddedPostgres = {
    url: await connectionUrl(place, server.port),
    stop: () => (stopping ??= stop()),
    owned: true,
  };
  try {
    await ensureDatabase(handle.url);
  } catch (error) {
    await handle.stop();
    throw error;
  }
  return handle;
}

async function connectionUrl(place: Place, port: number): Promise<string> {
  return `postgres://keyward:${await readPassword(place)}@127.0.0.1:${port}/keyward`;
}

/** A start that tries again would say the same things again. */
function sayOnce(log: ((message: string) => void) | undefined): (message: string) => void {
  const said = new Set<string>();
  return (message) => {
    if (!said.has(message)) log?.(message);
    said.add(message);
  };
}

function describeRunning({ pid, owner }: Postmaster): Error {
  return owner === null
    ? new Error(
        `a PostgreSQL that Keyward did not start runs on this data directory (pid ${pid}): ` +
          'stop it, or set KEYWARD_DATA_DIR / DATABASE_URL',
      )
    : new Error(
        `another Keyward is running on this data directory (pid ${Number.parseInt(owner, 10)}): ` +
          'stop it, or set KEYWARD_DATA_DIR / DATABASE_URL',
      );
}
