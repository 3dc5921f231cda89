import { performance } from 'node:perf_hooks';
import { protocolRules } from './rules.ts';

/** When a request for a lease left, by this machine's clocks. */
export interface Asked {
  /** Milliseconds of the monotonic clock. */
  monotonic: number;
  /** Milliseconds of the wall clock. */
  wall: number;
}

export interface Lease {
  /** Compared at each call: a timer would be late in a process that was stopped. */
  holds(): boolean;
  /** The database's clock, in milliseconds since the epoch: never behind it, ahead by a round trip at most. */
  now(): number;
  /** @param databaseNow the database's clock between the request and its answer. */
  extend(asked: Asked, databaseNow: number): void;
  end(): void;
}

export function readClocks(): Asked {
  return { monotonic: performance.now(), wall: Date.now() };
}

export function createLease(leaseMilliseconds: number): Lease {
  let endsAt: Asked = { monotonic: 0, wall: 0 };
  // Until a database has told its time, the node's own must do: no decision from memory rests on it.
  let databaseAhead = Date.now() - performance.now();
  let wallBehind = 0;
  let isFlagged = false;
  let flagTimer: NodeJS.Timeout | undefined;
  return {
    holds: () =>
      // The monotonic clock stands still while a machine sleeps, and the wall clock may be set back.
      protocolRules.comparesLeaseAtUse
        ? performance.now() < endsAt.monotonic && Date.now() < endsAt.wall
        : isFlagged,
    // The monotonic clock stands still while the machine sleeps; then the wall clock has run on.
    now: () => Math.max(performance.now() + databaseAhead, Date.now() - wallBehind),
    extend(asked, databaseNow) {
      const from = protocolRules.timesLeaseFromRequest ? asked : readClocks();
      databaseAhead = databaseNow - asked.monotonic;
      wallBehind = asked.wall - databaseNow;
      endsAt = {
        monotonic: from.monotonic + leaseMilliseconds,
        wall: from.wall + leaseMilliseconds,
      };
      isFlagged = true;
      clearTimeout(flagTimer);
      if (!protocolRules.comparesLeaseAtUse) {
        flagTimer = setTimeout(() => {
          isFlagged = false;
        }, endsAt.monotonic - performance.now()).unref();
      }
    },
    end() {
      endsAt = { monotonic: 0, wall: 0 };
      isFlagged = false;
    },
  };
}
