import type { Job } from 'pg-boss';
import type { Logger } from 'pino';
import { connectDatabase } from '../../database/connect-database.ts';
import { type DeliveryJob, deliveryQueues, openJobQueue } from '../../database/job-queue.ts';
import { pollRounds } from '../../database/poll-rounds.ts';
import { attemptDelivery } from './attempt-delivery.ts';
import type { Deliverer } from './deliverer.ts';
import { usualTimeoutMilliseconds } from './post-message.ts';
import { relayEvents } from './relay-events.ts';
import { createResolver, type TargetRules } from './resolve-target.ts';

export interface DeliveryOptions extends Partial<TargetRules> {
  databaseUrl: string;
  logger: Pick<Logger, 'warn'>;
  onError(error: unknown): void;
  timeoutMilliseconds?: number;
  pollMilliseconds?: number;
}

export interface Deliveries {
  /** Breaks off what is being sent: it is sent again by whoever runs next. */
  stop(): Promise<void>;
}

interface Lane {
  queue: string;
  /** Attempts at once in this process. */
  width: number;
  /** Attempts at once for each endpoint, over all processes. */
  widthOfEndpoint: number;
  running: Set<Promise<void>>;
}

/**
 * Sends webhooks until it is stopped. Any number of processes share the work. There are many places for
 * endpoints that answer well and few for each of them; those that are slow or failing wait in a lane of
 * their own, so that nobody is delayed by another's receiver.
 */
export async function startDeliveries(options: DeliveryOptions): Promise<Deliveries> {
  const { databaseUrl, logger, onError, pollMilliseconds = 500 } = options;
  const connection = connectDatabase(databaseUrl, 4);
  const { database } = connection;
  const queue = await openJobQueue(databaseUrl, onError).catch(async (error) => {
    await connection.close();
    throw error;
  });
  const stopping = new AbortController();
  const { signal } = stopping;
  const deliverer: Deliverer = {
    database,
    boss: queue.boss,
    rules: { allowed: options.allowed ?? [], resolve: options.resolve ?? createResolver() },
    timeoutMilliseconds: options.timeoutMilliseconds ?? usualTimeoutMilliseconds,
    logger,
    signal,
  };
  const lanes: readonly Lane[] = [
    { queue: deliveryQueues.prompt, width: 100, widthOfEndpoint: 2, running: new Set() },
    { queue: deliveryQueues.patient, width: 50, widthOfEndpoint: 1, running: new Set() },
  ];

  const polling = pollRounds(() => takeRound(deliverer, lanes, onError), {
    signal,
    pauseMilliseconds: pollMilliseconds,
    onError,
  });

  return {
    stop: async () => {
      stopping.abort();
      await polling;
      await Promise.all(lanes.flatMap(({ running }) => [...running]));
      await queue.stop();
      await connection.close();
    },
  };
}

/** Turns new events into jobs, and begins as many jobs as there is room for. Returns how many there were. */
async function takeRound(
  deliverer: Deliverer,
  lanes: readonly Lane[],
  onError: (error: unknown) => void,
): Promise<number> {
  const { database, boss } = deliverer;
  let found = await relayEvents(database, boss);
  for (const { queue, width, widthOfEndpoint, running } of lanes) {
    const room = width - running.size;
    const jobs =
      room > 0
        ? await boss.fetch<DeliveryJob>(queue, {
            batchSize: room,
            groupConcurrency: widthOfEndpoint,
          })
        : [];
    found += jobs.length;
    for (const job of jobs) {
      const run = runJob(deliverer, queue, job, onError).finally(() => running.delete(run));
      running.add(run);
    }
  }
  return found;
}

async function runJob(
  deliverer: Deliverer,
  queue: string,
  job: Job<DeliveryJob>,
  onError: (error: unknown) => void,
): Promise<void> {
  try {
    await attemptDelivery(deliverer, queue, job);
  } catch (error) {
    if (!deliverer.signal.aborted) {
      onError(error);
    }
    // Back into the queue; where even that fails, the job runs out of its time and is taken anew.
    await deliverer.boss.fail(queue, job).catch(onError);
  }
}
