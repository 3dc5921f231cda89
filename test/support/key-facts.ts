import type { KeyQuestion } from '@keyward/server/verification/judge-key';
import type { KeyFacts } from '@keyward/server/verification/key-facts';

/** The time at which the facts below are judged. */
export const judgedAt = new Date('2026-06-15T12:00:00.000Z');

/** A bot key that passes every gate, but for what a test changes. */
export function goodFacts(changes: Partial<KeyFacts> = {}): KeyFacts {
  return {
    id: 'key_01',
    name: 'Production',
    kind: 'bot',
    environment: 'live',
    tier: 'default',
    permissions: ['shortLinks:read', 'apiKeys:read'],
    rateLimit: null,
    ipAllowlist: [],
    expiresAt: null,
    suspendedAt: null,
    revokedAt: null,
    externalId: null,
    metadata: {},
    allOrganizations: false,
    secret: { id: 'sec_01', start: 'h0p_', last4: 'x7Qa', retiresAt: null, retiredAt: null },
    organization: { id: 'org_own', slug: 'acme', name: 'Acme', status: 'active' },
    service: { slug: 'short-links', headerName: 'x-api-key', disabledAt: null },
    owner: null,
    written: null,
    ...changes,
  };
}

/** A question of a verifier of the key's own organization that asks for nothing particular. */
export function question(changes: Partial<KeyQuestion> = {}): KeyQuestion {
  return {
    asker: { organizationId: 'org_own', allOrganizations: false },
    service: null,
    address: null,
    permissions: [],
    ...changes,
  };
}
