import { type Outcome, outcomes } from '@keyward/shared/outcomes';
import type { Permission } from '@keyward/shared/permissions';
import type { Database } from '../../database/connect-database.ts';
import { isDatabaseUnavailable } from '../../database/is-unavailable.ts';
import { type UsageCount, writeUsage } from './write-usage.ts';

/** One verification, as it is counted. */
export type UsageEvent = Omit<UsageCount, 'count'>;

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
/** Counts of one transaction: it holds its keys' rows, and whoever revokes one of them waits for it. */
const mostAtOnce = 1000;

export function startUsageRecorder(
  database: Database,
  onError: (error: unknown) => void,
): UsageRecorder {
  let counts = new Map<string, UsageCount>();
  let running: Promise<void> = Promise.resolve();

  const tally = Object.fromEntries(outcomes.map((outcome) => [outcome, 0])) as Record<
    Outcome,
    number
  >;

  const add = (event: UsageEvent, count: 0 | 1) => {
    const { address, permissions } = event;
    const name = nameOf(event);
    const known = counts.get(name);
    if (known === undefined) {
      counts.set(name, { ...event, count });
      return;
    }
    known.count += count;
    known.address = address ?? known.address;
    if (
      event.outcome === 'VALID' &&
      !permissions.every((permission) => known.permissions.includes(permission))
    ) {
      known.permissions = [...new Set([...known.permissions, ...permissions])];
    }
  };

  const giveBack = (count: UsageCount) => {
    const name = nameOf(count);
    const newer = counts.get(name);
    counts.set(name, newer === undefined ? count : merge(count, newer));
  };

  const write = async () => {
    if (counts.size === 0) {
      return;
    }
    const taken = [...counts.values()];
    counts = new Map();
    for (let start = 0; start < taken.length; start += mostAtOnce) {
      const batch = taken.slice(start, start + mostAtOnce);
      try {
        await writeUsage(database, batch);
      } catch (error) {
        // What is wrong with one batch is not with the next, unless nobody is there to take it.
        const isAway = isDatabaseUnavailable(error);
        (isAway ? taken.slice(start) : batch).forEach(giveBack);
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
    record: (event) => {
      tally[event.outcome] += 1;
      add(event, 1);
    },
    exercise: ({ permission, ...key }) =>
      add({ ...key, outcome: 'VALID', address: null, permissions: [permission] }, 0),
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

// Most verifications are valid: their name costs nothing.
const nameOf = ({ secretId, outcome }: UsageEvent) =>
  outcome === 'VALID' ? secretId : `${secretId} ${outcome}`;

function merge(older: UsageCount, newer: UsageCount): UsageCount {
  return {
    ...older,
    count: older.count + newer.count,
    address: newer.address ?? older.address,
    permissions: [...new Set([...older.permissions, ...newer.permissions])],
  };
}
