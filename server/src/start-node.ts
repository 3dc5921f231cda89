import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { openProvider } from './accounts/provider/provider.ts';
import { createApp } from './app.ts';
import type { Config } from './config.ts';
import { connectDatabase } from './database/connect-database.ts';
import { describeFailure } from './http/describe-failure.ts';
import { answerUnreadable } from './rest/answer-unreadable.ts';
import { createCatalogMemory } from './services/know-catalog.ts';
import { type AuthorityOptions, startAuthority } from './verification/authority/start-authority.ts';
import { createFactsMemory } from './verification/facts-memory.ts';
import { createLimiter } from './verification/limits/create-limiter.ts';
import { startUsageRecorder } from './verification/usage/usage-recorder.ts';

export type NodeOptions = Pick<AuthorityOptions, 'leaseSeconds'>;

export interface RunningNode {
  /** Where it is reached, without a slash at its end. */
  url: string;
  /** Answers what is running, writes what was counted, and stops everything that was started. */
  stop(): Promise<void>;
}

const drainMilliseconds = 10_000;

/** Whoever sends slower than this holds a connection for nothing. */
const timeouts = {
  headersTimeout: 15_000,
  requestTimeout: 60_000,
  connectionsCheckingInterval: 5_000,
};

/** Starts a node: what judges keys and serves both faces and the console, on a database that is ready. */
export async function startNode(
  config: Config,
  databaseUrl: string,
  logger: Logger,
  options: NodeOptions = {},
): Promise<RunningNode> {
  await using started = new AsyncDisposableStack();
  const connection = connectDatabase(databaseUrl);
  started.defer(() => connection.close());
  const { database } = connection;

  const warn = (what: string) => (error: unknown) =>
    logger.warn({ err: describeFailure(error) }, what);
  const usage = startUsageRecorder(database, warn('usage could not be written; it is kept'));
  started.defer(() => usage.stop());
  const authority = await startAuthority({
    url: databaseUrl,
    database,
    onError: warn('the lease could not be renewed'),
    onAlarm: (message) => logger.error(message),
    ...options,
  });
  started.defer(() => authority.stop());
  const limiter = createLimiter(database, authority.now);
  started.defer(() => limiter.stop());

  const server = createServer({ ...timeouts, requireHostHeader: false });
  await listen(server, config);
  started.defer(() => drain(server));
  // Only now is a port known that the system chose.
  const publicUrl = config.publicUrl ?? addressOf(server, config.host);
  const secureCookies = publicUrl.startsWith('https:');
  const { trustedProxies, webhookRanges, githubKeys, signUp } = config;
  const mailing = config.smtpUrl === null ? null : { baseUrl: publicUrl };
  const facts = createFactsMemory(authority);
  const catalog = createCatalogMemory(authority);
  const verifier = { database, usage, authority, facts, limiter };
  server.on(
    'request',
    createApp(
      {
        ...{ ...verifier, catalog, publicUrl, secureCookies },
        ...{ trustedProxies, webhookRanges, githubKeys, signUp, mailing },
        provider: config.oidc === null ? null : openProvider(config.oidc, publicUrl),
      },
      logger,
    ),
  );
  answerUnreadable(server, {
    publicUrl: () => publicUrl,
    report: (code, requestId) => logger.info({ code, requestId }, 'unreadable request'),
  });
  const stack = started.move();
  return { url: publicUrl, stop: () => stack.disposeAsync() };
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
