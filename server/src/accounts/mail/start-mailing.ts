import { asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Job } from 'pg-boss';
import type { Logger } from 'pino';
import { connectDatabase, type Database } from '../../database/connect-database.ts';
import {
  type JobQueue,
  type MailJob,
  mailAttempts,
  mailQueue,
  openJobQueue,
  within,
} from '../../database/job-queue.ts';
import { pollRounds } from '../../database/poll-rounds.ts';
import { mails } from '../../database/schema/sign-in-ways.ts';
import { composeMail } from './compose-mail.ts';
import { prepareMail } from './prepare-mail.ts';
import {
  describeMailFailure,
  type MailServer,
  type MailSettings,
  openMailServer,
} from './send-mail.ts';

interface MailingOptions extends MailSettings {
  databaseUrl: string;
  logger: Pick<Logger, 'warn'>;
  onError(error: unknown): void;
  pollMilliseconds?: number;
}

interface Mailer {
  database: Database;
  boss: JobQueue['boss'];
  server: MailServer;
  logger: Pick<Logger, 'warn'>;
}

const mostAtOnce = 10;

/** Sends mails until it is stopped. Any number of processes share the work. */
export async function startMailing(options: MailingOptions): Promise<{ stop(): Promise<void> }> {
  const { databaseUrl, onError, pollMilliseconds = 500 } = options;
  const connection = connectDatabase(databaseUrl, 2);
  const queue = await openJobQueue(databaseUrl, onError).catch(async (error) => {
    await connection.close();
    throw error;
  });
  const server = openMailServer(options);
  const mailer = {
    database: connection.database,
    boss: queue.boss,
    server,
    logger: options.logger,
  };
  const stopping = new AbortController();
  const polling = pollRounds(() => takeRound(mailer), {
    signal: stopping.signal,
    pauseMilliseconds: pollMilliseconds,
    onError,
  });
  return {
    stop: async () => {
      stopping.abort();
      // Ends what hangs at the mail server: it is sent again by whoever runs next.
      server.close();
      await polling;
      await queue.stop();
      await connection.close();
    },
  };
}

async function takeRound(mailer: Mailer): Promise<number> {
  const { database, boss } = mailer;
  const queued = await queueJobs(database, boss);
  const jobs = await boss.fetch<MailJob>(mailQueue, { batchSize: mostAtOnce });
  await Promise.all(jobs.map((job) => attemptMail(mailer, job)));
  return queued + jobs.length;
}

/** Puts a job into the queue for each mail that has none, in one transaction. Returns how many. */
function queueJobs(database: Database, boss: JobQueue['boss']): Promise<number> {
  return database.transaction(async (transaction) => {
    const waiting = await transaction
      .select({ id: mails.id })
      .from(mails)
      .where(isNull(mails.queuedAt))
      .orderBy(asc(mails.id))
      .limit(mostAtOnce)
      .for('update', { skipLocked: true });
    if (waiting.length > 0) {
      const ids = waiting.map(({ id }) => id);
      const jobs = ids.map((mailId) => ({ data: { mailId } }));
      await boss.insert(mailQueue, jobs, within(transaction));
      await transaction.update(mails).set({ queuedAt: sql`now()` }).where(inArray(mails.id, ids));
    }
    return waiting.length;
  });
}

async function attemptMail(mailer: Mailer, job: Job<MailJob>): Promise<void> {
  const { database, boss, server, logger } = mailer;
  const isThis = eq(mails.id, job.data.mailId);
  try {
    const [mail] = await database.select().from(mails).where(isThis);
    const text = mail === undefined ? null : await prepareMail(database, mail);
    if (mail === undefined || text === null) {
      // Nor is it kept what somebody without an account has typed.
      await database.delete(mails).where(isThis);
    } else {
      await server.send(mail.email, composeMail(text));
      await database.update(mails).set({ sentAt: sql`now()`, failure: null }).where(isThis);
    }
    await boss.complete(mailQueue, job);
  } catch (error) {
    const { sentence, mayPass } = describeMailFailure(error);
    const isOver = !mayPass || job.retryCount >= mailAttempts - 1;
    logger.warn({ mail: job.data.mailId, reason: sentence }, 'a mail could not be sent');
    const failedAt = isOver ? sql`now()` : null;
    await database.update(mails).set({ failure: sentence, failedAt }).where(isThis);
    await (mayPass ? boss.fail(mailQueue, job) : boss.complete(mailQueue, job));
  }
}
