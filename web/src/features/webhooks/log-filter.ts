import type { DeliveryStatus } from '@keyward/shared/webhooks';

export type LogFilter = 'all' | 'failed' | 'pending';

/** What each shows; empty for all. What was given up has not arrived either. */
export const statusesOf: Readonly<Record<LogFilter, DeliveryStatus[]>> = {
  all: [],
  failed: ['failed', 'discarded'],
  pending: ['pending'],
};

/** From the address of the page. */
export const readLogFilter = ({ log }: Record<string, unknown>): { log?: LogFilter } =>
  log === 'failed' || log === 'pending' ? { log } : {};
