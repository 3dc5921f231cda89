import type { Logger } from 'pino';
import { demoEmail } from './accounts/demo-email.ts';
import { startMailing } from './accounts/mail/start-mailing.ts';
import type { Config } from './config.ts';
import { connectDatabase, type Database } from './database/connect-database.ts';
import { createRequestId } from './database/create-id.ts';
import { startEmbeddedPostgres } from './database/embedded-postgres/start-embedded-postgres.ts';
import { migrateDatabase } from './database/migrate-database.ts';
import { fillDemo } from './demo/fill-demo.ts';
import { describeFailure } from './http/describe-failure.ts';
import { ensureOwnService } from './services/ensure-own-service.ts';
import { dutyConnections, startDuties } from './start-duties.ts';
import { startDeliveries } from './webhooks/delivery/start-deliveries.ts';

export interface RunningInstance {
  databaseUrl: string;
  stop(): Promise<void>;
}

/** Starts what nodes on this machine share: the database, brought to today's schema, and the duties. */
export async function startInstance(config: Config, logger: Logger): Promise<RunningInstance> {
  await using started = new AsyncDisposableStack();
  const databaseUrl = config.databaseUrl ?? (await startDatabase(config, logger, started));
  await migrateDatabase(databaseUrl);
  const connection = connectDatabase(databaseUrl, dutyConnections);
  started.defer(() => connection.close());
  await ensureOwnService(connection.database);
  if (config.demo) {
    await prepareDemo(connection.database);
  }
  const duties = startDuties(connection.database, (error) =>
    logger.warn({ err: describeFailure(error) }, 'a duty could not be done; it is tried again'),
  );
  started.defer(() => duties.stop());
  const deliveries = await startDeliveries({
    databaseUrl,
    allowed: config.webhookRanges,
    logger,
    onError: (error) =>
      logger.warn({ err: describeFailure(error) }, 'webhooks could not be sent; they are kept'),
  });
  started.defer(() => deliveries.stop());
  if (config.smtpUrl !== null) {
    const mailing = await startMailing({
      databaseUrl,
      smtpUrl: config.smtpUrl,
      from: config.mailFrom,
      logger,
      onError: (error) =>
        logger.warn({ err: describeFailure(error) }, 'mails could not be sent; they are kept'),
    });
    started.defer(() => mailing.stop());
  }
  const stack = started.move();
  return { databaseUrl, stop: () => stack.disposeAsync() };
}

/** Fills the instance, and tells a person at the terminal how to sign in. */
async function prepareDemo(database: Database): Promise<void> {
  const say = (message: string) => void process.stderr.write(`${message}\n`);
  const context = {
    database,
    actor: { type: 'system' as const, name: 'keyward demo' },
    requestId: createRequestId(),
    address: null,
    userAgent: null,
  };
  if ((await fillDemo(context, say)) === null) {
    say(`This is the demo that was made before: sign in as ${demoEmail} with its password.`);
  }
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
