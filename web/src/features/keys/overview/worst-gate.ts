import type { Key } from '@keyward/shared/keys';
import type { Refusal } from '@keyward/shared/outcomes';
import { describeRateLimit } from '../../../lib/describe-rate-limit.ts';
import { formatShare } from '../../../lib/format-share.ts';
import { formatCount } from '../../../lib/format-time.ts';
import { sumOutcomes, type UsageBucket } from '../../../lib/usage-rows.ts';

/** The gate that refused most calls, and what can be done about it. */
export interface WorstGate {
  count: number;
  /** Of all calls. */
  share: number;
  /** `412 calls, 3.1% of all, were refused for a missing permission.` */
  what: string;
  advice: string;
  remedy: Remedy;
}

/** The place that mends it: a tab of the key, or its limit, which stands on the same page. */
export type Remedy = 'permissions' | 'network' | 'limit' | 'secrets' | 'explain';

interface Gate {
  why: string;
  advice: (key: Key) => string;
  remedy: Remedy;
}

const revoke = 'Whatever still calls with it needs another key.';

const gates: Readonly<Record<Refusal, Gate>> = {
  NOT_FOUND: {
    why: 'because the key was unknown',
    advice: () => 'Check that the caller sends it whole.',
    remedy: 'explain',
  },
  REVOKED: { why: 'because the key is revoked', advice: () => revoke, remedy: 'explain' },
  RETIRED: {
    why: 'for a replaced secret',
    advice: () => 'Something still sends an older secret: give it the newest.',
    remedy: 'secrets',
  },
  EXPIRED: {
    why: 'because the key had expired',
    advice: () => 'Extend its expiry if it is still needed.',
    remedy: 'explain',
  },
  SUSPENDED: {
    why: 'while the key was suspended',
    advice: () => 'Resume it if the caller may go on.',
    remedy: 'explain',
  },
  ORGANIZATION_SUSPENDED: {
    why: 'while the organization was suspended',
    advice: () => 'Ask the operator of this Keyward.',
    remedy: 'explain',
  },
  SERVICE_DISABLED: {
    why: 'while the service was disabled',
    advice: () => 'Ask the operator of this Keyward.',
    remedy: 'explain',
  },
  WRONG_SERVICE: {
    why: 'at another service',
    advice: ({ service }) => `The key opens ${service} alone: give that caller a key of its own.`,
    remedy: 'explain',
  },
  IP_NOT_ALLOWED: {
    why: 'from an address that is not allowed',
    advice: () => 'See where they came from, and allow the address if it is yours.',
    remedy: 'network',
  },
  INSUFFICIENT_PERMISSIONS: {
    why: 'for a missing permission',
    advice: () => 'Compare what the key may do with what its caller asks for.',
    remedy: 'permissions',
  },
  RATE_LIMITED: {
    why: 'over the limit',
    advice: ({ rateLimit }) =>
      rateLimit === null
        ? 'The key has no limit any more.'
        : `It may make ${describeRateLimit(rateLimit)}: raise that, or slow the caller down.`,
    remedy: 'limit',
  },
};

/** The gate that refused most of these calls; null when all were accepted. */
export function findWorstGate(key: Key, buckets: readonly UsageBucket[]): WorstGate | null {
  const met = sumOutcomes(buckets);
  const total = met.reduce((sum, { count }) => sum + count, 0);
  const refusals = met.flatMap(({ outcome, count }) =>
    outcome === 'VALID' ? [] : [{ outcome, count }],
  );
  const [worst] = refusals.sort((one, other) => other.count - one.count);
  if (worst === undefined) {
    return null;
  }
  const { why, advice, remedy } = gates[worst.outcome];
  const share = formatShare(worst.count, total);
  const calls =
    worst.count === 1
      ? `1 call, ${share} of all, was`
      : `${formatCount(worst.count)} calls, ${share} of all, were`;
  return {
    count: worst.count,
    share: worst.count / total,
    what: `${calls} refused ${why}.`,
    advice: advice(key),
    remedy,
  };
}
