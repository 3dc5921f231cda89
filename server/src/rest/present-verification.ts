import type { Verification } from '@keyward/shared/verification';
import { effectivePermissions } from '../verification/key-facts.ts';
import type { Verdict } from '../verification/verify-key.ts';

/** A verdict as callers read it. Of a key that was not found it says nothing but that. */
export function presentVerification(verdict: Verdict, requestId: string): Verification {
  const { outcome, facts, rateLimit, gates } = verdict;
  const explained = gates === undefined ? {} : { gates };
  if (facts === null) {
    return { valid: false, code: 'NOT_FOUND', requestId, ...explained };
  }
  return {
    valid: outcome === 'VALID',
    code: outcome,
    requestId,
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
    rateLimit: rateLimit && {
      limit: rateLimit.limit,
      remaining: rateLimit.remaining,
      windowSeconds: rateLimit.windowSeconds,
      resetAt: rateLimit.resetAt?.toISOString() ?? null,
    },
    ...explained,
  };
}
