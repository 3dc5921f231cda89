import type { Outcome } from '@keyward/shared/outcomes';
import type { Database } from '../../database/connect-database.ts';
import { type UsageCount, writeUsage } from './write-usage.ts';

/** One verification, as it is counted. */
export interface UsageEvent {
  keyId: string;
  secretId: string;
  outcome: Outcome;
  address: string | null;
}

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
    const name = `${count.secretId} ${count.outcome}`;
    const known = counts.get(name);
    counts.set(
      name,
      known === undefined
        ? count
        : { ...known, count: known.count + count.count, address: count.address ?? known.address },
    );
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
      taken.forEach(add);
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
