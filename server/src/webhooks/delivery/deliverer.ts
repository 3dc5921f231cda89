import type { Logger } from 'pino';
import type { Database } from '../../database/connect-database.ts';
import type { JobQueue } from '../../database/job-queue.ts';
import type { TargetRules } from './resolve-target.ts';

/** What deliveries are made with. */
export interface Deliverer {
  database: Database;
  boss: JobQueue['boss'];
  rules: TargetRules;
  timeoutMilliseconds: number;
  logger: Pick<Logger, 'warn'>;
  /** Aborted where the server stops. */
  signal: AbortSignal;
}
