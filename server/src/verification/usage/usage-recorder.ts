import type { Database } from '../../database/connect-database.ts';
import { type UsageCount, writeUsage } from './write-usage.ts';

/** One verification, as it is counted. */
export type UsageEvent = Omit<UsageCount, 'count'>;

/** Counts verifications in memory, so that a verification writes nothing for its own count. */
export interface UsageRecorder {
  record(event: UsageEvent): void;
  /** Writes what was counted; what cannot be written is kept for the next time. */
  flush(): Promise<void>;
  /** Stops the clock and writes what is left. */
  stop(): Promise<void>;
}

const flushIntervalMilliseconds = 1000;

export function startUsageRecorder(
  database: Database,
  onError: (error: unknown) => void,
): UsageRecorder {
  let counts = new Map<string, UsageCount>();
  let running: Promise<void> = Promise.resolve();

  const add = (count: UsageCount) => {
    const known = counts.get(nameOf(count));
    counts.set(nameOf(count), known === undefined ? count : merge(known, count));
  };

  const giveBack = (count: UsageCount) => {
    const newer = counts.get(nameOf(count));
    counts.set(nameOf(count), newer === undefined ? count : merge(count, newer));
  };

  const write = async () => {
    if (counts.size === 0) {
      return;
    }
    const taken = [...counts.values()];
    counts = new Map();
    try {
      await writeUsage(database, taken);
    } catch (error) {
      taken.forEach(giveBack);
      onError(error);
    }
  };

  // One write after another: two at once would lock the same rows in different orders.
  const flush = () => {
    running = running.then(write);
    return running;
  };

  const timer = setInterval(() => void flush(), flushIntervalMilliseconds);
  timer.unref();

  return {
    record: (event) => add({ ...event, count: 1 }),
    flush,
    stop: () => {
      clearInterval(timer);
      return flush();
    },
  };
}

const nameOf = ({ secretId, outcome }: UsageCount) => `${secretId} ${outcome}`;

function merge(older: UsageCount, newer: UsageCount): UsageCount {
  return {
    ...older,
    count: older.count + newer.count,
    address: newer.address ?? older.address,
    permissions: [...new Set([...older.permissions, ...newer.permissions])],
  };
}
