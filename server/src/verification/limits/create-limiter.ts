import type { RateLimitRule } from '@keyward/shared/rate-limit';
import type { Database } from '../../database/connect-database.ts';
import { withinDeadline } from '../../database/within-deadline.ts';
import { isExact, isSameRule, type KnownWindow, refuse, shareOf, spend } from './known-window.ts';
import { type LimitDecision, type LimitState, presentLimit } from './limit-state.ts';
import { readRateLimit } from './read-rate-limit.ts';
import { prepareTakeShare, type TakenShare } from './take-share.ts';
import { createWindowMemory } from './window-memory.ts';

/** Admits calls on this node so that all nodes together keep to the limit (design section 7). */
export interface Limiter {
  /** Takes cost out of the key's window or nothing. Answers at once what it knows from memory. */
  consume(keyId: string, rule: RateLimitRule, cost: number): LimitDecision | Promise<LimitDecision>;
  /** Where a key stands by its row, consuming nothing, with what this node has taken and not spent. */
  read(keyId: string, rule: RateLimitRule): Promise<LimitState>;
  /** Where a key stands as far as this node knows: without a window that it knows, as if none were open. */
  recall(keyId: string, rule: RateLimitRule): LimitState;
  /** Gives unspent shares back, so that a node that stops leaves nothing unspent. Never fails. */
  stop(): Promise<void>;
}

/** A call that only the row can decide. */
interface Waiter {
  rule: RateLimitRule;
  cost: number;
  resolve(decision: LimitDecision): void;
  reject(error: unknown): void;
}

/** The calls of one key that wait; one statement at a time is made for them. */
interface Line {
  waiters: Waiter[];
  served: Promise<void>;
}

/**
 * What remains of a limit over 1,000 is told without what other nodes hold, and as the row stood when this
 * node last asked. A window that was found exhausted is one until it ends: what stopping nodes give back
 * is left to others.
 * @param now the database's clock, in milliseconds since the epoch, never behind the true one: a share
 * must not outlive its window.
 */
export function createLimiter(database: Database, now: () => number): Limiter {
  const takeShare = prepareTakeShare(database);
  const windows = createWindowMemory(database, now);
  const lines = new Map<string, Line>();

  async function read(keyId: string, rule: RateLimitRule): Promise<LimitState> {
    const state = await withinDeadline(() => readRateLimit(database, keyId, rule));
    const window = windows.find(keyId, rule);
    if (window === undefined) {
      return state;
    }
    if (window.endsAt.getTime() !== state.resetAt?.getTime()) {
      windows.forget(keyId);
      return state;
    }
    window.remainder = state.remaining;
    return { ...state, remaining: Math.min(rule.limit, window.remainder + window.share) };
  }

  function wait(keyId: string, rule: RateLimitRule, cost: number): Promise<LimitDecision> {
    const { promise, resolve, reject } = Promise.withResolvers<LimitDecision>();
    const waiter = { rule, cost, resolve, reject };
    const line = lines.get(keyId);
    if (line === undefined) {
      const waiters = [waiter];
      lines.set(keyId, { waiters, served: serve(keyId, waiters) });
    } else {
      line.waiters.push(waiter);
    }
    return promise;
  }

  async function serve(keyId: string, waiters: Waiter[]): Promise<void> {
    try {
      for (let first = waiters[0]; first !== undefined; first = waiters[0]) {
        const taken = await take(keyId, first, waiters);
        // In one turn with what follows: no other call spends what was taken for these.
        const window = windows.add(keyId, first.rule, taken);
        waiters.splice(0, decide(window, waiters));
      }
    } catch (error) {
      for (const waiter of waiters.splice(0)) waiter.reject(error);
    }
    lines.delete(keyId);
  }

  async function take(keyId: string, first: Waiter, waiters: Waiter[]): Promise<TakenShare> {
    const { rule, cost } = first;
    const other = waiters.findIndex((one) => one.cost !== cost || !isSameRule(one.rule, rule));
    const alike = other === -1 ? waiters.length : other;
    const request = {
      keyId,
      rule,
      needed: cost - (windows.find(keyId, rule)?.share ?? 0),
      wanted: Math.max(shareOf(rule), alike * cost),
      // Of an exact limit nothing may be left over: each of those that wait gets all of its cost, or none.
      unit: isExact(rule) ? cost : 1,
    };
    let isLate = false;
    const taking = async () => {
      const taken = await takeShare(request);
      if (isLate) {
        // What comes too late for those who waited is nobody's.
        windows.giveBack(keyId, rule, taken.endsAt, taken.amount);
      }
      return taken;
    };
    try {
      return await withinDeadline(taking);
    } catch (error) {
      isLate = true;
      throw error;
    }
  }

  /** Decides those who wait, in order, as far as what was just taken tells; how many. */
  function decide(window: KnownWindow, waiters: readonly Waiter[]): number {
    let decided = 0;
    for (const { rule, cost, resolve } of waiters) {
      const decision = isSameRule(rule, window.rule) ? spend(window, cost, now()) : undefined;
      // The first of them is decided in any case: it was for its cost that the row was asked.
      if (decision === undefined && decided > 0) {
        break;
      }
      resolve(decision ?? refuse(window, now()));
      decided += 1;
    }
    return decided;
  }

  return {
    consume(keyId, rule, cost) {
      if (cost === 0 || cost > rule.limit) {
        return read(keyId, rule).then((state) => ({ admitted: cost === 0, state }));
      }
      const window = windows.find(keyId, rule);
      return (window && spend(window, cost, now())) ?? wait(keyId, rule, cost);
    },
    read,
    recall(keyId, rule) {
      const window = windows.find(keyId, rule);
      return window === undefined
        ? presentLimit(rule, rule.limit, null, now())
        : refuse(window, now()).state;
    },
    async stop() {
      await Promise.all([...lines.values()].map((line) => line.served));
      await windows.empty();
    },
  };
}
