import type { RateLimitRule } from '@keyward/shared/rate-limit';
import { LRUCache } from 'lru-cache';
import type { Database } from '../../database/connect-database.ts';
import { withinDeadline } from '../../database/within-deadline.ts';
import { giveBackShares, type UnspentShare } from './give-back-shares.ts';
import { isSameRule, type KnownWindow } from './known-window.ts';
import type { TakenShare } from './take-share.ts';

/** The open windows that a node knows. What leaves it unspent goes back to the row. */
export interface WindowMemory {
  /** Undefined when the window has ended, or was read under another rule. */
  find(keyId: string, rule: RateLimitRule): KnownWindow | undefined;
  /** Adds what was taken to what is known of that window. */
  add(keyId: string, rule: RateLimitRule, taken: TakenShare): KnownWindow;
  forget(keyId: string): void;
  giveBack(keyId: string, rule: RateLimitRule, endsAt: Date, amount: number): void;
  /** Forgets everything; resolves when what was unspent has gone back. */
  empty(): Promise<void>;
}

/** A hundred bytes each, or two. Beyond them the least recently used is asked for again. */
const mostWindows = 100_000;

export function createWindowMemory(database: Database, now: () => number): WindowMemory {
  let unspent: UnspentShare[] = [];
  let returning: Promise<void> | undefined;

  const windows = new LRUCache<string, KnownWindow>({
    max: mostWindows,
    dispose: ({ rule, endsAt, share }, keyId) => giveBack(keyId, rule, endsAt, share),
  });

  function giveBack(keyId: string, rule: RateLimitRule, endsAt: Date, amount: number): void {
    if (amount > 0 && now() < endsAt.getTime()) {
      unspent.push({ keyId, windowSeconds: rule.windowSeconds, endsAt, amount });
      returning ??= returnUnspent().finally(() => {
        returning = undefined;
      });
    }
  }

  async function returnUnspent(): Promise<void> {
    // What is given back in the same turn goes in one statement.
    await Promise.resolve();
    while (unspent.length > 0) {
      const shares = unspent;
      unspent = [];
      // What cannot be given back stays unspent, as after a crash: less is admitted, never more.
      await withinDeadline(() => giveBackShares(database, shares)).catch(() => {});
    }
  }

  return {
    find(keyId, rule) {
      const window = windows.get(keyId);
      return window !== undefined &&
        isSameRule(window.rule, rule) &&
        now() < window.endsAt.getTime()
        ? window
        : undefined;
    },
    add(keyId, rule, { amount, remainder, endsAt }) {
      const known = windows.get(keyId);
      if (
        known !== undefined &&
        isSameRule(known.rule, rule) &&
        known.endsAt.getTime() === endsAt.getTime()
      ) {
        known.share += amount;
        known.remainder = remainder;
        return known;
      }
      const window = { rule, endsAt, remainder, share: amount };
      windows.set(keyId, window);
      return window;
    },
    forget: (keyId) => void windows.delete(keyId),
    giveBack,
    async empty() {
      windows.clear();
      await returning;
    },
  };
}
