import type { Outcome } from '@keyward/shared/outcomes';
import { secretMaximumLength } from '@keyward/shared/secret-format';
import type { Gate } from '@keyward/shared/verification';
import type { Database } from '../database/connect-database.ts';
import { withinDeadline } from '../database/within-deadline.ts';
import { type FoundFacts, findKeyFacts } from './find-key-facts.ts';
import { explainKey, judgeKey, type KeyQuestion } from './judge-key.ts';
import type { KeyFacts } from './key-facts.ts';
import { consumeRateLimit, type LimitState, readRateLimit } from './limits/consume-rate-limit.ts';
import { hashSecret } from './parse-secret.ts';
import type { UsageRecorder } from './usage/usage-recorder.ts';

/** What a verification stands on beside its question. */
export interface Verifier {
  database: Database;
  usage: UsageRecorder;
}

export interface VerificationRequest extends KeyQuestion {
  plaintextSecret: string;
  /** How much of the rate limit a valid answer consumes. 0 reads it only. */
  cost: number;
}

/** The answer to a verification. The facts are null exactly when the outcome is NOT_FOUND. */
export interface Verdict {
  outcome: Outcome;
  facts: KeyFacts | null;
  /** Null without a limit. */
  rateLimit: LimitState | null;
  gates?: Gate[];
}

/** Whether a presented key is good for what is asked. A valid answer consumes the key's limit. */
export function verifyKey(verifier: Verifier, request: VerificationRequest): Promise<Verdict> {
  return withinDeadline(judgeAndCount(verifier, request));
}

async function judgeAndCount(verifier: Verifier, request: VerificationRequest): Promise<Verdict> {
  const found = await findFacts(verifier.database, request.plaintextSecret);
  const outcome = found === null ? 'NOT_FOUND' : judgeKey(found.facts, request, found.now);
  if (found === null || outcome === 'NOT_FOUND') {
    return { outcome: 'NOT_FOUND', facts: null, rateLimit: null };
  }
  const { facts } = found;
  const verdict = await withRateLimit(verifier.database, facts, outcome, request.cost);
  verifier.usage.record({
    keyId: facts.id,
    secretId: facts.secret.id,
    outcome: verdict.outcome,
    address: request.address,
    permissions: request.permissions,
  });
  return verdict;
}

/** The same verdict, every gate with what it saw. Consumes nothing and counts nothing. */
export function explainVerification(
  verifier: Pick<Verifier, 'database'>,
  request: VerificationRequest,
): Promise<Verdict & { gates: Gate[] }> {
  return withinDeadline(judgeAndExplain(verifier, request));
}

async function judgeAndExplain(
  verifier: Pick<Verifier, 'database'>,
  request: VerificationRequest,
): Promise<Verdict & { gates: Gate[] }> {
  const found = await findFacts(verifier.database, request.plaintextSecret);
  const now = found?.now ?? new Date();
  const outcome = judgeKey(found?.facts ?? null, request, now);
  if (found === null || outcome === 'NOT_FOUND') {
    const gates = explainKey(null, request, now, null);
    return { outcome: 'NOT_FOUND', facts: null, rateLimit: null, gates };
  }
  const { facts } = found;
  const state = await readLimit(verifier.database, facts);
  const limited = state !== null && request.cost > state.remaining;
  return {
    outcome: outcome === 'VALID' && limited ? 'RATE_LIMITED' : outcome,
    facts,
    rateLimit: state,
    gates: explainKey(facts, request, now, state && { state, cost: request.cost }),
  };
}

async function findFacts(database: Database, plaintextSecret: string): Promise<FoundFacts | null> {
  // Not refused for its form: an imported secret was made by somebody else's rules.
  return plaintextSecret.length > secretMaximumLength
    ? null
    : findKeyFacts(database, hashSecret(plaintextSecret));
}

async function withRateLimit(
  database: Database,
  facts: KeyFacts,
  outcome: Outcome,
  cost: number,
): Promise<Verdict> {
  if (outcome !== 'VALID' || facts.rateLimit === null) {
    return { outcome, facts, rateLimit: await readLimit(database, facts) };
  }
  const { admitted, state } = await consumeRateLimit(database, facts.id, facts.rateLimit, cost);
  return { outcome: admitted ? 'VALID' : 'RATE_LIMITED', facts, rateLimit: state };
}

async function readLimit(database: Database, facts: KeyFacts): Promise<LimitState | null> {
  return facts.rateLimit === null ? null : readRateLimit(database, facts.id, facts.rateLimit);
}
