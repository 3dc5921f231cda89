import { readAllowlist } from './allowlist-lines.ts';
import type { KeyDraft } from './key-draft.ts';
import { expiryOf } from './lifetimes.ts';
import { readCount } from './limit-of.ts';

/** A draft as the server wants it. What is wrong with it, the contract says. */
export function toCreateInput(draft: KeyDraft) {
  const { kind, service, environment, tier, name, permissions } = draft;
  return {
    kind,
    service,
    environment,
    tier,
    name,
    permissions,
    ...readLimit(draft),
    ...readExpiry(draft),
    ipAllowlist: readAllowlist(draft.ipAllowlist).map(({ text }) => text),
    externalId: draft.externalId.trim() === '' ? null : draft.externalId,
    metadata: readMetadata(draft.metadata),
  };
}

/** Left out, the tier's limit counts, as it is at any time. */
function readLimit({ limitSource, limit, windowSeconds }: KeyDraft) {
  if (limitSource === 'tier') {
    return {};
  }
  const rule = { limit: readCount(limit), windowSeconds: Number(windowSeconds) };
  return { rateLimit: limitSource === 'own' ? rule : null };
}

function readExpiry({ lifetime, lastDay }: KeyDraft) {
  return lifetime === 'never' || lifetime === 'date'
    ? {
        expiresAt: expiryOf(lifetime, lastDay)?.toISOString() ?? (lifetime === 'never' ? null : ''),
      }
    : { expiresInSeconds: Number(lifetime) };
}

/** What is no JSON goes on as text, which no contract takes for an object. */
function readMetadata(typed: string): unknown {
  if (typed.trim() === '') {
    return {};
  }
  try {
    return JSON.parse(typed);
  } catch {
    return typed;
  }
}
