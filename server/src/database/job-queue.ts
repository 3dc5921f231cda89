import { sql } from 'drizzle-orm';
import { type Db, fromDrizzle, PgBoss } from 'pg-boss';
import { connectDatabase, type Database } from './connect-database.ts';

/** What is to be tried at once, and what may wait behind receivers that are slow or in trouble. */
export const deliveryQueues = { prompt: 'webhooks-prompt', patient: 'webhooks-patient' } as const;

export const mailQueue = 'mails';

export interface MailJob {
  mailId: string;
}

/** At once, then after half a minute, a minute, two and so on: half an hour in all. */
export const mailAttempts = 7;

export interface DeliveryJob {
  deliveryId: string;
  /** Counted from one: a job whose attempt was made already has nothing to do. */
  attempt: number;
}

const queueOptions = {
  // An attempt ends long before; what is still running then died with its process, and is tried again.
  expireInSeconds: 30,
  retryLimit: 1_000,
  retryDelay: 5,
  deleteAfterSeconds: 3_600,
};

const mailOptions = {
  expireInSeconds: 120,
  retryLimit: mailAttempts - 1,
  retryDelay: 30,
  retryBackoff: true,
  deleteAfterSeconds: 3_600,
};

export interface JobQueue {
  boss: PgBoss;
  stop(): Promise<void>;
}

type Executor = Pick<Database, 'execute'>;

/** What pg-boss runs its statements on: a transaction of ours makes them part of it. */
export function within(executor: Executor): { db: Db } {
  const db = fromDrizzle(executor, sql);
  // Drizzle hands values to the driver as they are, and that takes text.
  return { db: { executeSql: (text, values) => db.executeSql(text, values?.map(toText)) } };
}

function toText(value: unknown): unknown {
  if (value instanceof Date) {
    return value.toISOString();
  }
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? JSON.stringify(value)
    : value;
}

/** Opens the queue on one connection of its own: pg-boss begins and ends transactions by statement. */
export async function openJobQueue(
  url: string,
  onError: (error: unknown) => void,
): Promise<JobQueue> {
  const connection = connectDatabase(url, 1);
  const boss = createBoss(connection.database, true);
  boss.on('error', onError);
  try {
    await boss.start();
  } catch (error) {
    await connection.close();
    throw error;
  }
  return {
    boss,
    stop: async () => {
      await boss.stop({ graceful: false });
      await connection.close();
    },
  };
}

/**
 * Brings the queue's own schema and queues to what this version needs.
 * @param database of a single connection.
 */
export async function installJobQueues(database: Executor): Promise<void> {
  const boss = createBoss(database, false);
  await boss.start();
  for (const [name, options] of [
    ...Object.values(deliveryQueues).map((queue) => [queue, queueOptions] as const),
    [mailQueue, mailOptions] as const,
  ]) {
    await boss.createQueue(name, options);
    await boss.updateQueue(name, options);
  }
  await boss.stop({ graceful: false });
}

function createBoss(database: Executor, supervise: boolean): PgBoss {
  return new PgBoss({
    ...within(database),
    supervise,
    migrate: !supervise,
    // How soon what a dead process left behind is found.
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
    schedule: false,
    monitorVacuum: false,
  });
}
