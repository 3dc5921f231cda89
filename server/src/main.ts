import cluster from 'node:cluster';
import { parseArgs } from 'node:util';
import { type Config, readConfig } from './config.ts';
import { createLogger } from './http/create-logger.ts';
import { describeFailure } from './http/describe-failure.ts';
import { startKeyward } from './start-keyward.ts';
import { startNode } from './start-node.ts';
import { startWorkers, stopOrder, type WorkerReport } from './start-workers.ts';

const parentCheckMilliseconds = 500;
/** A second signal after this long does not wait for the first to be done. */
const impatienceMilliseconds = 1000;

const logger = createLogger({
  level: process.env.LOG_LEVEL ?? 'info',
  isPretty: process.stdout.isTTY === true,
});

const howToBegin = `  Open it in a browser: the first account becomes the operator.
  Or make the operator from another terminal:
    npm run --silent keyward -- bootstrap --email you@example.com --password '…' --organization Acme`;

/** Serves until a signal, or until the npm that started us is gone. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { demo: { type: 'boolean', default: false } } });
  const config = { ...readConfig(process.env), demo: values.demo };
  if (cluster.isWorker) {
    await work(config);
    return;
  }
  const keyward = await (config.workers === 1 ? startKeyward : startWorkers)(config, logger);
  process.stderr.write(`
Keyward is at ${keyward.url}
${config.demo ? '  Open it in a browser, and sign in as said above.' : howToBegin}
  Ctrl-C stops it.

`);
  await endOfService();
  logger.info('stopping');
  await keyward.stop();
}

/** Serves as one of several workers, until the process that started it says so, or is gone. */
async function work(config: Config): Promise<void> {
  // Signals to the whole group, or to the whole service, are for the first process to act on.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});
  const stopped = new Promise<void>((resolve) => {
    process.once('disconnect', resolve);
    process.on('message', (message) => message === stopOrder && resolve());
  });
  const report = (told: WorkerReport) => process.send?.(told);
  const node = await startNode(config, config.databaseUrl ?? '', logger).catch((error: unknown) => {
    report({ failure: error instanceof Error ? error.message : String(error) });
    throw error;
  });
  report({ url: node.url });
  await stopped;
  await node.stop();
}

function endOfService(): Promise<void> {
  return new Promise((resolve) => {
    let stopsAt: number | undefined;
    const stop = () => {
      stopsAt ??= performance.now();
      clearInterval(parentCheck);
      resolve();
    };
    const signalled = (code: number) => () => {
      // Ctrl-C reaches us from the terminal and from npm, at once: that is one wish and not two.
      if (stopsAt !== undefined && performance.now() - stopsAt > impatienceMilliseconds) {
        process.exit(code);
      }
      stop();
    };
    process.on('SIGINT', signalled(130));
    process.on('SIGTERM', signalled(143));
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
    logger.fatal({ err: describeFailure(error) }, 'Keyward could not start');
    if (!cluster.isWorker) {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    }
    process.exit(1);
  },
);
