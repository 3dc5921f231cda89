import type { Outcome } from '@keyward/shared/outcomes';
import { secretMaximumLength } from '@keyward/shared/secret-format';
import type { Gate } from '@keyward/shared/verification';
import { after } from '../after.ts';
import type { Database } from '../database/connect-database.ts';
import { withinDeadline } from '../database/within-deadline.ts';
import type { Known } from './authority/memory.ts';
import type { Authority } from './authority/start-authority.ts';
import type { FactsMemory } from './facts-memory.ts';
import { findKeyFacts } from './find-key-facts.ts';
import { explainKey, judgeKey, type KeyQuestion } from './judge-key.ts';
import type { KeyFacts } from './key-facts.ts';
import type { Limiter } from './limits/create-limiter.ts';
import type { LimitState } from './limits/limit-state.ts';
import { readRateLimit } from './limits/read-rate-limit.ts';
import { hashSecret, isWellFormed, nameSecret } from './parse-secret.ts';
import type { UsageRecorder } from './usage/usage-recorder.ts';

/** What a verification stands on beside its question. */
export interface Verifier {
  database: Database;
  authority: Authority;
  facts: FactsMemory;
  limiter: Limiter;
  usage: UsageRecorder;
}

export interface VerificationRequest extends KeyQuestion {
  plaintextSecret: string;
  /** How much of the rate limit a valid answer consumes. 0 reads it only; null leaves it alone. */
  cost: number | null;
}

/** The answer to a verification. The facts are null exactly when the outcome is NOT_FOUND. */
export interface Verdict {
  outcome: Outcome;
  facts: KeyFacts | null;
  /** Null without a limit, and where it was left alone. */
  rateLimit: LimitState | null;
  gates?: Gate[];
}

const notFound: Verdict = { outcome: 'NOT_FOUND', facts: null, rateLimit: null };

/**
 * Whether a presented key is good for what is asked. A valid answer consumes the key's limit. Answers at
 * once what it knows from memory.
 */
export function verifyKey(
  verifier: Verifier,
  request: VerificationRequest,
): Verdict | Promise<Verdict> {
  return after(knowFacts(verifier, request.plaintextSecret), (known) => {
    const outcome = known === null ? 'NOT_FOUND' : judgeKey(known.value, request, known.now);
    if (known === null || outcome === 'NOT_FOUND') {
      verifier.usage.recordUnknown();
      return notFound;
    }
    return after(limit(verifier.limiter, known.value, outcome, request.cost), (verdict) => {
      verifier.usage.record({
        keyId: known.value.id,
        secretId: known.value.secret.id,
        outcome: verdict.outcome,
        address: request.address,
        permissions: request.permissions,
      });
      return verdict;
    });
  });
}

/**
 * The same verdict, every gate with what it saw. Consumes nothing and counts nothing; asks the primary,
 * so that it explains what stands and not what this node remembers.
 */
export async function explainVerification(
  { database }: Pick<Verifier, 'database'>,
  request: VerificationRequest,
): Promise<Verdict & { gates: Gate[] }> {
  const { plaintextSecret } = request;
  const cost = request.cost ?? 0;
  const reading =
    plaintextSecret.length > secretMaximumLength
      ? null
      : await findKeyFacts(database, hashSecret(plaintextSecret));
  const now = reading?.now ?? Date.now();
  const outcome = judgeKey(reading?.value ?? null, request, now);
  if (reading === null || outcome === 'NOT_FOUND') {
    return { ...notFound, gates: explainKey(null, request, now, null) };
  }
  const facts = reading.value;
  const { rateLimit } = facts;
  const state =
    rateLimit === null
      ? null
      : await withinDeadline(() => readRateLimit(database, facts.id, rateLimit));
  const limited = state !== null && cost > state.remaining;
  return {
    outcome: outcome === 'VALID' && limited ? 'RATE_LIMITED' : outcome,
    facts,
    rateLimit: state,
    gates: explainKey(facts, request, now, state && { state, cost }),
  };
}

function knowFacts(
  { database, facts, authority }: Verifier,
  plaintextSecret: string,
): Promise<Known<KeyFacts> | null> | Known<KeyFacts> | null {
  if (plaintextSecret.length > secretMaximumLength) {
    return null;
  }
  return facts.know(nameSecret(plaintextSecret), async () =>
    // An imported secret was made by somebody else's rules; without imports noise is refused here.
    authority.mayHaveImports() || isWellFormed(plaintextSecret)
      ? findKeyFacts(database, hashSecret(plaintextSecret))
      : null,
  );
}

function limit(
  limiter: Limiter,
  facts: KeyFacts,
  outcome: Exclude<Outcome, 'NOT_FOUND'>,
  cost: number | null,
): Verdict | Promise<Verdict> {
  if (facts.rateLimit === null || cost === null) {
    return { outcome, facts, rateLimit: null };
  }
  if (outcome !== 'VALID') {
    // It consumes nothing, so it asks nothing: a key that is refused may be presented very often.
    return { outcome, facts, rateLimit: limiter.recall(facts.id, facts.rateLimit) };
  }
  return after(limiter.consume(facts.id, facts.rateLimit, cost), ({ admitted, state }) => ({
    outcome: admitted ? 'VALID' : 'RATE_LIMITED',
    facts,
    rateLimit: state,
  }));
}
