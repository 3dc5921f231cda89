import cluster, { type Worker } from 'node:cluster';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { AggregatorRegistry } from 'prom-client';
import type { Config } from './config.ts';
import { type MetricsAnswer, metricsRequest } from './rest/metrics.ts';
import { startInstance } from './start-instance.ts';
import type { RunningNode } from './start-node.ts';

/** What a worker tells the process that started it, once. */
export type WorkerReport = { url: string } | { failure: string };

/** What a worker is told: to answer what is running and end. */
export const stopOrder = 'stop';

/** A worker that lived for less is replaced after a pause, which doubles each time. */
const shortLifeMilliseconds = 10_000;
const firstPauseMilliseconds = 250;
const longestPauseMilliseconds = 10_000;

/**
 * Starts the database and the duties here, and as many workers as are asked for: each a node of its own,
 * all on one port. One that dies is replaced; where one cannot start at first, nothing does.
 */
export async function startWorkers(config: Config, logger: Logger): Promise<RunningNode> {
  await using started = new AsyncDisposableStack();
  const instance = await startInstance(config, logger);
  started.defer(() => instance.stop());
  const environment = { DATABASE_URL: instance.databaseUrl };
  let isStopping = false;
  started.defer(async () => {
    isStopping = true;
    await Promise.all(Object.values(cluster.workers ?? {}).map((worker) => worker && end(worker)));
  });

  async function replace(pause: number): Promise<void> {
    await delay(pause, undefined, { ref: false });
    if (!isStopping) {
      watch(cluster.fork(environment), pause * 2);
    }
  }

  const everyWorker = new AggregatorRegistry();
  cluster.on('message', (worker, message) => {
    if (message === metricsRequest) {
      // The worker that asked may be gone by now.
      const answer = (metrics: string | null) =>
        worker.send({ metrics } satisfies MetricsAnswer, () => {});
      everyWorker.clusterMetrics().then(answer, () => answer(null));
    }
  });

  function watch(worker: Worker, nextPause: number): void {
    const startedAt = performance.now();
    worker.once('exit', (code, signal) => {
      if (isStopping) {
        return;
      }
      const wasShort = performance.now() - startedAt < shortLifeMilliseconds;
      const pause = wasShort ? Math.min(nextPause, longestPauseMilliseconds) : 0;
      const { pid } = worker.process;
      logger.error({ worker: pid, code, signal }, `a worker ended; another starts in ${pause} ms`);
      void replace(Math.max(pause, firstPauseMilliseconds));
    });
  }

  const workers = Array.from({ length: config.workers }, () => cluster.fork(environment));
  for (const worker of workers) watch(worker, firstPauseMilliseconds);
  const [first] = await Promise.all(workers.map(whenReady));
  const stack = started.move();
  return { url: first?.url ?? '', stop: () => stack.disposeAsync() };
}

/** Resolves with where the worker is reached; rejects with why it could not start. */
function whenReady(worker: Worker): Promise<{ url: string }> {
  return new Promise((resolve, reject) => {
    worker.once('message', (report: WorkerReport) =>
      'url' in report ? resolve(report) : reject(new Error(report.failure)),
    );
    worker.once('exit', (code, signal) =>
      reject(new Error(`A worker ended while it started (${signal ?? code}): its log says why.`)),
    );
  });
}

function end(worker: Worker): Promise<void> {
  return new Promise((resolve) => {
    if (worker.isDead()) {
      resolve();
      return;
    }
    worker.once('exit', () => resolve());
    if (worker.isConnected()) {
      worker.send(stopOrder, () => {});
    }
  });
}
