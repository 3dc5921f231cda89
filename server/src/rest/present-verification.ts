import type { Verification } from '@keyward/shared/verification';
import { effectivePermissions, type KeyFacts } from '../verification/key-facts.ts';
import { share } from '../verification/share.ts';
import type { Verdict } from '../verification/verify-key.ts';

type Surroundings = Required<
  Pick<Verification, 'organization' | 'user' | 'service' | 'permissions'>
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
    key: presentKey(facts),
    ...presentSurroundings(facts),
    rateLimit: presentLimit(verdict),
    ...explained,
  };
}

/**
 * The same as JSON. What keys of one organization, service and set of permissions have in common is written
 * once for all of them; a test holds this against the above.
 */
export function writeVerification(verdict: Verdict, requestId: string): string {
  const { outcome, facts, gates } = verdict;
  if (facts === null || gates !== undefined) {
    return JSON.stringify(presentVerification(verdict, requestId));
  }
  facts.written ??= share('written', JSON.stringify(presentSurroundings(facts)).slice(1, -1));
  const limit = verdict.rateLimit === null ? 'null' : JSON.stringify(presentLimit(verdict));
  return `{"valid":${outcome === 'VALID'},"code":"${outcome}","requestId":"${requestId}","key":${writeKey(facts)},${facts.written},"rateLimit":${limit}}`;
}

// Ids, kinds, environments and tiers are of our own making, and need no escape.
function writeKey(facts: KeyFacts): string {
  const { id, name, kind, environment, tier, secret, expiresAt, externalId, metadata } = facts;
  const expires = expiresAt === null ? 'null' : `"${expiresAt.toISOString()}"`;
  const external = externalId === null ? 'null' : JSON.stringify(externalId);
  return `{"id":"${id}","name":${JSON.stringify(name)},"kind":"${kind}","environment":"${environment}","tier":"${tier}","start":${JSON.stringify(secret.start)},"last4":${JSON.stringify(secret.last4)},"expiresAt":${expires},"externalId":${external},"metadata":${JSON.stringify(metadata)}}`;
}

function presentKey(facts: KeyFacts): NonNullable<Verification['key']> {
  return {
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
  };
}

function presentSurroundings(facts: KeyFacts): Surroundings {
  return {
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
