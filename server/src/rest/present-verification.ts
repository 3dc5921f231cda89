import type { Verification } from '@keyward/shared/verification';
import { effectivePermissions, type KeyFacts } from '../verification/key-facts.ts';
import type { Verdict } from '../verification/verify-key.ts';

type Presented = Required<
  Pick<Verification, 'key' | 'organization' | 'user' | 'service' | 'permissions'>
>;

/** A verdict as callers read it. Of a key that was not found it says nothing but that. */
export function presentVerification(verdict: Verdict, requestId: string): Verification {
  const { outcome, facts, gates } = verdict;
  const explained = gates === undefined ? {} : { gates };
  if (facts === null) {
    return { valid: false, code: 'NOT_FOUND', requestId, ...explained };
  }
  return {
    valid: outcome === 'VALID',
    code: outcome,
    requestId,
    ...presentFacts(facts),
    rateLimit: presentLimit(verdict),
    ...explained,
  };
}

/** The same as JSON. What it says of the key is written once and kept with its facts. */
export function writeVerification(verdict: Verdict, requestId: string): string {
  const { outcome, facts, gates } = verdict;
  if (facts === null || gates !== undefined) {
    return JSON.stringify(presentVerification(verdict, requestId));
  }
  facts.written ??= JSON.stringify(presentFacts(facts)).slice(1, -1);
  const rateLimit = verdict.rateLimit === null ? 'null' : JSON.stringify(presentLimit(verdict));
  // The id and the code are of our own making, and need no escape.
  return `{"valid":${outcome === 'VALID'},"code":"${outcome}","requestId":"${requestId}",${facts.written},"rateLimit":${rateLimit}}`;
}

function presentFacts(facts: KeyFacts): Presented {
  return {
    key: {
      id: facts.id,
      name: facts.name,
      kind: facts.kind,
      environment: facts.environment,
      tier: facts.tier,
      start: facts.secret.start,
      last4: facts.secret.last4,
      expiresAt: facts.expiresAt?.toISOString() ?? null,
      externalId: facts.externalId,
      // Written through the contract's own schema, which takes JSON alone.
      metadata: facts.metadata as NonNullable<Verification['key']>['metadata'],
    },
    organization: {
      id: facts.organization.id,
      slug: facts.organization.slug,
      name: facts.organization.name,
    },
    user:
      facts.owner === null
        ? null
        : { id: facts.owner.id, email: facts.owner.email, name: facts.owner.name },
    service: facts.service.slug,
    permissions: [...effectivePermissions(facts)],
  };
}

function presentLimit({ rateLimit }: Verdict): NonNullable<Verification['rateLimit']> | null {
  return (
    rateLimit && {
      limit: rateLimit.limit,
      remaining: rateLimit.remaining,
      windowSeconds: rateLimit.windowSeconds,
      resetAt: rateLimit.resetAt?.toISOString() ?? null,
    }
  );
}
