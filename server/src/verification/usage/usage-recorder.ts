import { type Outcome, outcomes } from '@keyward/shared/outcomes';
import type { Permission } from '@keyward/shared/permissions';
import type { Database } from '../../database/connect-database.ts';
import { isDatabaseUnavailable } from '../../database/is-unavailable.ts';
import { createUsageTally, type KeyCounts, type UsageEvent } from './usage-tally.ts';
import { writeUsage } from './write-usage.ts';

/** A permission on Keyward's own resources that a key has made use of. */
export interface PermissionExercise {
  keyId: string;
  secretId: string;
  permission: Permission;
}

/** Counts verifications in memory, so that a verification writes nothing for its own count. */
export interface UsageRecorder {
  record(event: UsageEvent): void;
  /** Adds what a call to Keyward itself was for; the call has been counted. */
  exercise(use: PermissionExercise): void;
  /** Counts a secret that nobody has: there is no key to count it for. */
  recordUnknown(): void;
  /** How often each outcome was met since the start, the unknown included. */
  tally(): Readonly<Record<Outcome, number>>;
  /** Writes what was counted; what cannot be written is kept for the next time. */
  flush(): Promise<void>;
  /** Stops the clock and writes what is left. */
  stop(): Promise<void>;
}

const flushIntervalMilliseconds = 1000;
/** Rows of one transaction: it holds its keys' rows, and whoever revokes one of them waits for it. */
const mostAtOnce = 1000;

export function startUsageRecorder(
  database: Database,
  onError: (error: unknown) => void,
): UsageRecorder {
  const counted = createUsageTally();
  let running: Promise<void> = Promise.resolve();

  const tally = Object.fromEntries(outcomes.map((outcome) => [outcome, 0])) as Record<
    Outcome,
    number
  >;

  const record = (event: UsageEvent) => {
    tally[event.outcome] += 1;
    counted.add(event);
  };

  const write = async () => {
    const batches = inBatches(counted.take());
    for (const [index, batch] of batches.entries()) {
      try {
        await writeUsage(database, batch);
      } catch (error) {
        // What is wrong with one batch is not with the next, unless nobody is there to take it.
        const isAway = isDatabaseUnavailable(error);
        (isAway ? batches.slice(index).flat() : batch).forEach(counted.giveBack);
        onError(error);
        if (isAway) {
          return;
        }
      }
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
    record,
    exercise: ({ permission, ...key }) =>
      counted.exercise({ ...key, outcome: 'VALID', address: null, permissions: [permission] }),
    recordUnknown: () => {
      tally.NOT_FOUND += 1;
    },
    tally: () => tally,
    flush,
    stop: () => {
      clearInterval(timer);
      return flush();
    },
  };
}

/** Cut where the rows of the keys so far fill a transaction; a key is written as a whole. */
function inBatches(keys: readonly KeyCounts[]): KeyCounts[][] {
  const batches: KeyCounts[][] = [];
  let rows = mostAtOnce;
  for (const key of keys) {
    if (rows >= mostAtOnce) {
      batches.push([]);
      rows = 0;
    }
    batches.at(-1)?.push(key);
    rows += key.counts.length + key.addresses.size;
  }
  return batches;
}
