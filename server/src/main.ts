import { pino } from 'pino';
import { readConfig } from './config.ts';
import { startKeyward } from './start-keyward.ts';

const parentCheckMilliseconds = 500;

const logger = pino({ level: process.env.LOG_LEVEL ?? 'info' });

/** Serves until a signal, or until the npm that started us is gone. */
async function main(): Promise<void> {
  const keyward = await startKeyward(readConfig(process.env), logger);
  process.stderr.write(`
Keyward is at ${keyward.url}
  Open it in a browser: the first account becomes the operator.
  Or make the operator from another terminal:
    npm run --silent keyward -- bootstrap --email you@example.com --password '…' --organization Acme
  Ctrl-C stops it.

`);
  await endOfService();
  logger.info('stopping');
  await keyward.stop();
}

function endOfService(): Promise<void> {
  return new Promise((resolve) => {
    const stop = () => {
      // Whoever asks a second time does not want to wait for the first.
      process.once('SIGINT', () => process.exit(130));
      process.once('SIGTERM', () => process.exit(143));
      clearInterval(parentCheck);
      resolve();
    };
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
    // A signal to npm ends npm alone and leaves us without it; then another process is our parent.
    const parent = process.ppid;
    const parentCheck = setInterval(() => {
      if (process.env.npm_lifecycle_event !== undefined && process.ppid !== parent) {
        stop();
      }
    }, parentCheckMilliseconds);
  });
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    logger.fatal({ err: error }, 'Keyward could not start');
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
