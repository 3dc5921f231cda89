import type { RateLimitRule } from '@keyward/shared/rate-limit';
import { type LimitDecision, presentLimit } from './limit-state.ts';

/** What a node knows of a key's open window. */
export interface KnownWindow {
  /** The rule that was in force when it was read. */
  rule: RateLimitRule;
  endsAt: Date;
  /** What the row had left when it was last asked. */
  remainder: number;
  /** What this node has taken and not spent. */
  share: number;
}

/** Limits up to this one are taken by the call: what headers say of them is exact on every node. */
const largestExactLimit = 1000;

export const isExact = ({ limit }: RateLimitRule) => limit <= largestExactLimit;

/** How much a node takes at a time beyond what it was asked for: 1 % of a large limit. */
export const shareOf = (rule: RateLimitRule) => (isExact(rule) ? 0 : Math.floor(rule.limit / 100));

export const isSameRule = (one: RateLimitRule, other: RateLimitRule) =>
  one.limit === other.limit && one.windowSeconds === other.windowSeconds;

/**
 * Spends from the node's own share, or refuses what the window as it is known cannot admit. Undefined
 * where only the row can tell.
 * @param now the database's clock, in milliseconds since the epoch.
 */
export function spend(window: KnownWindow, cost: number, now: number): LimitDecision | undefined {
  const admitted = cost <= window.share;
  if (admitted) {
    window.share -= cost;
  } else if (mayHold(window, cost)) {
    return undefined;
  }
  return { admitted, state: present(window, now) };
}

/** A refusal by what was just read. */
export const refuse = (window: KnownWindow, now: number): LimitDecision => ({
  admitted: false,
  state: present(window, now),
});

// Of an exact limit others may have taken what remained: a refusal must say so, unless nothing did.
function mayHold({ rule, share, remainder }: KnownWindow, cost: number): boolean {
  const remaining = share + remainder;
  return isExact(rule) ? remaining > 0 : cost <= remaining;
}

const present = ({ rule, share, remainder, endsAt }: KnownWindow, now: number) =>
  presentLimit(rule, share + remainder, endsAt, now);
