import type { Outcome, Refusal } from '@keyward/shared/outcomes';
import { covers, type Permission } from '@keyward/shared/permissions';
import type { RateLimitState } from '@keyward/shared/rate-limit';
import type { Gate } from '@keyward/shared/verification';
import { allowsAddress } from './allows-address.ts';
import { effectivePermissions, type KeyFacts } from './key-facts.ts';

/** What is asked about a key. */
export interface KeyQuestion {
  /** Whose keys the asker may learn of; `own` where the key itself is the caller. */
  asker: { organizationId: string; allOrganizations: boolean } | 'own';
  /** The service that is to be opened; null for any. */
  service: string | null;
  /** Of the client that presented the key; null where nobody said. */
  address: string | null;
  /** All of them must hold. */
  permissions: readonly Permission[];
}

interface JudgedGate {
  gate: Gate['gate'];
  refusal: Refusal;
  passes(facts: KeyFacts, question: KeyQuestion, now: number): boolean;
  /** What the gate saw, in a sentence for an admin. */
  describe(facts: KeyFacts, question: KeyQuestion, now: number): string;
}

const isPast = (moment: Date | null, now: number) => moment !== null && moment.getTime() <= now;
const at = (moment: Date | null) => moment?.toISOString() ?? 'never';

/** The gates of design section 5 in their order, but for the first and the last. */
const gates: readonly JudgedGate[] = [
  {
    gate: 'revocation',
    refusal: 'REVOKED',
    passes: (facts) => facts.revokedAt === null && facts.owner?.role !== null,
    describe: (facts) => {
      if (facts.revokedAt !== null) {
        return `The key was revoked at ${at(facts.revokedAt)}.`;
      }
      return facts.owner?.role === null
        ? 'The owner of the key is no longer a member of the organization.'
        : 'The key has not been revoked.';
    },
  },
  {
    gate: 'rotation',
    refusal: 'RETIRED',
    passes: ({ secret }, _, now) => secret.retiredAt === null && !isPast(secret.retiresAt, now),
    describe: ({ secret }) =>
      secret.retiredAt === null && secret.retiresAt === null
        ? 'The secret is the newest of the key.'
        : `A newer secret exists; this one retires at ${at(secret.retiredAt ?? secret.retiresAt)}.`,
  },
  {
    gate: 'expiry',
    refusal: 'EXPIRED',
    passes: (facts, _, now) => !isPast(facts.expiresAt, now),
    describe: (facts) => `The key expires at: ${at(facts.expiresAt)}.`,
  },
  {
    gate: 'suspension',
    refusal: 'SUSPENDED',
    passes: (facts) => facts.suspendedAt === null,
    describe: (facts) =>
      facts.suspendedAt === null
        ? 'The key is not suspended.'
        : `The key was suspended at ${at(facts.suspendedAt)}.`,
  },
  {
    gate: 'organization',
    refusal: 'ORGANIZATION_SUSPENDED',
    passes: (facts) => facts.organization.status === 'active',
    describe: (facts) =>
      `The organization ${facts.organization.slug} is ${facts.organization.status}.`,
  },
  {
    gate: 'serviceStatus',
    refusal: 'SERVICE_DISABLED',
    passes: (facts) => facts.service.disabledAt === null,
    describe: ({ service }) =>
      `The service ${service.slug} is ${service.disabledAt === null ? 'active' : 'disabled'}.`,
  },
  {
    gate: 'service',
    refusal: 'WRONG_SERVICE',
    passes: (facts, question) =>
      question.service === null || question.service === facts.service.slug,
    describe: (facts, question) =>
      question.service === null
        ? `No service was asked for; the key opens ${facts.service.slug}.`
        : `${question.service} was asked for; the key opens ${facts.service.slug}.`,
  },
  {
    gate: 'ip',
    refusal: 'IP_NOT_ALLOWED',
    passes: (facts, question) =>
      facts.ipAllowlist.length === 0 ||
      (question.address !== null && allowsAddress(facts.ipAllowlist, question.address)),
    describe: (facts, question) => {
      if (facts.ipAllowlist.length === 0) {
        return 'The key may be used from any address.';
      }
      const client = question.address ?? 'an address that nobody gave';
      return `The key may be used from ${facts.ipAllowlist.join(', ')}; it came from ${client}.`;
    },
  },
  {
    gate: 'permission',
    refusal: 'INSUFFICIENT_PERMISSIONS',
    passes: (facts, question) => {
      const granted = effectivePermissions(facts);
      return question.permissions.every((asked) => covers(granted, asked));
    },
    describe: describePermissions,
  },
];

/**
 * The verdict on a key, but for its rate limit, which only a key that passes here may consume.
 * Pure. Gates are judged in order, and the first that fails names the outcome.
 * @param now milliseconds since the epoch, by the database's clock.
 */
export function judgeKey(
  facts: KeyFacts | null,
  question: KeyQuestion,
  now: number,
): Exclude<Outcome, 'RATE_LIMITED'> {
  if (facts === null || !mayLearnOf(facts, question)) {
    return 'NOT_FOUND';
  }
  const failed = gates.find((gate) => !gate.passes(facts, question, now));
  // The list above never refuses by RATE_LIMITED.
  return (failed?.refusal ?? 'VALID') as Exclude<Outcome, 'RATE_LIMITED'>;
}

/** Every gate with what it saw. Pure; `limit` is where the key stands, read without consuming. */
export function explainKey(
  facts: KeyFacts | null,
  question: KeyQuestion,
  now: number,
  limit: { state: RateLimitState; cost: number } | null,
): Gate[] {
  if (facts === null || !mayLearnOf(facts, question)) {
    const detail = 'There is no key with this secret among those that the caller may ask about.';
    return [{ gate: 'existence', passed: false, detail }];
  }
  return [
    { gate: 'existence', passed: true, detail: `The secret belongs to the key ${facts.name}.` },
    ...gates.map((gate) => ({
      gate: gate.gate,
      passed: gate.passes(facts, question, now),
      detail: gate.describe(facts, question, now),
    })),
    {
      gate: 'rateLimit',
      passed: limit === null || limit.cost <= limit.state.remaining,
      detail:
        limit === null
          ? 'The key has no rate limit.'
          : `${limit.state.remaining} of ${limit.state.limit} remain in ${limit.state.windowSeconds} s; ${limit.cost} asked for.`,
    },
  ];
}

function mayLearnOf(facts: KeyFacts, { asker }: KeyQuestion): boolean {
  return (
    asker === 'own' || asker.allOrganizations || asker.organizationId === facts.organization.id
  );
}

function describePermissions(facts: KeyFacts, question: KeyQuestion): string {
  const granted = effectivePermissions(facts);
  const missing = question.permissions.filter((asked) => !covers(granted, asked));
  if (missing.length === 0) {
    return question.permissions.length === 0
      ? 'No permission was asked for.'
      : `The key holds ${question.permissions.join(', ')}.`;
  }
  const masked = missing.filter((asked) => covers(facts.permissions, asked));
  return masked.length === 0
    ? `The key lacks ${missing.join(', ')}.`
    : `The key lacks ${missing.join(', ')}; ${masked.join(', ')} was granted, but counts only while its owner is an admin.`;
}
