import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { createApp } from './app.ts';
import type { Config } from './config.ts';
import { connectDatabase } from './database/connect-database.ts';
import { startEmbeddedPostgres } from './database/embedded-postgres/start-embedded-postgres.ts';
import { migrateDatabase } from './database/migrate-database.ts';
import { describeFailure } from './http/describe-failure.ts';
import { ensureOwnService } from './services/ensure-own-service.ts';
import { createCatalogMemory } from './services/know-catalog.ts';
import { startDuties } from './start-duties.ts';
import { type AuthorityOptions, startAuthority } from './verification/authority/start-authority.ts';
import { createFactsMemory } from './verification/facts-memory.ts';
import { createLimiter } from './verification/limits/create-limiter.ts';
import { startUsageRecorder } from './verification/usage/usage-recorder.ts';

export interface RunningKeyward {
  /** Where it is reached, without a slash at its end. */
  url: string;
  /** Answers what is running, writes what was counted, and stops everything that was started. */
  stop(): Promise<void>;
}

const drainMilliseconds = 10_000;

/** Starts everything, from the database up. What fails on the way takes down what was started before. */
export async function startKeyward(
  config: Config,
  logger: Logger,
  options: Pick<AuthorityOptions, 'leaseSeconds'> = {},
): Promise<RunningKeyward> {
  await using started = new AsyncDisposableStack();
  const url = config.databaseUrl ?? (await startDatabase(config, logger, started));
  await migrateDatabase(url);
  const connection = connectDatabase(url);
  started.defer(() => connection.close());
  const { database } = connection;
  await ensureOwnService(database);

  const warn = (what: string) => (error: unknown) =>
    logger.warn({ err: describeFailure(error) }, what);
  const usage = startUsageRecorder(database, warn('usage could not be written; it is kept'));
  started.defer(() => usage.stop());
  const authority = await startAuthority({
    url,
    database,
    onError: warn('the lease could not be renewed'),
    onAlarm: (message) => logger.error(message),
    ...options,
  });
  started.defer(() => authority.stop());
  const limiter = createLimiter(database, authority.now);
  started.defer(() => limiter.stop());

  const duties = startDuties(database, warn('a duty could not be done; it is tried again'));
  started.defer(() => duties.stop());

  const server = createServer();
  await listen(server, config);
  started.defer(() => drain(server));
  // Only now is a port known that the system chose.
  const publicUrl = config.publicUrl ?? addressOf(server, config.host);
  const secureCookies = publicUrl.startsWith('https:');
  const { trustedProxies, signUp } = config;
  const facts = createFactsMemory(authority);
  const catalog = createCatalogMemory(authority);
  const verifier = { database, usage, authority, facts, limiter };
  server.on(
    'request',
    createApp({ ...verifier, catalog, publicUrl, secureCookies, trustedProxies, signUp }, logger),
  );
  const stack = started.move();
  return { url: publicUrl, stop: () => stack.disposeAsync() };
}

async function startDatabase(
  config: Config,
  logger: Logger,
  started: AsyncDisposableStack,
): Promise<string> {
  const embedded = await startEmbeddedPostgres({
    dataDirectory: config.dataDirectory,
    log: (message) => logger.info(message),
  });
  started.defer(() => embedded.stop());
  return embedded.url;
}

/** Listens. A port that a process which is just ending still holds is tried for ten seconds. */
async function listen(server: Server, { host, port }: Config): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const error = await new Promise<NodeJS.ErrnoException | null>((resolve) => {
      server.once('error', resolve);
      server.listen(port, host, () => {
        server.off('error', resolve);
        resolve(null);
      });
    });
    if (error === null) {
      return;
    }
    if (error.code !== 'EADDRINUSE') {
      throw error;
    }
    if (attempt === 20) {
      throw new Error(
        `Port ${port} of ${host} is taken: stop what holds it, or set PORT to another.`,
      );
    }
    await delay(500);
  }
}

function addressOf(server: Server, host: string): string {
  // A server that listens on a port has an address with one.
  const { port } = server.address() as AddressInfo;
  const isAny = host === '0.0.0.0' || host === '::';
  const name = isAny ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}

/** Takes no new requests, lets the running ones end, and cuts off what has not ended in time. */
async function drain(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), drainMilliseconds);
  await closed;
  clearTimeout(timer);
}
