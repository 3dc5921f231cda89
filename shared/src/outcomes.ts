import type { ErrorCode } from './errors.ts';

/** The verdicts of a verification, in the order in which their gates are judged. */
export const outcomes = [
  'VALID',
  'NOT_FOUND',
  'REVOKED',
  'RETIRED',
  'EXPIRED',
  'SUSPENDED',
  'ORGANIZATION_SUSPENDED',
  'SERVICE_DISABLED',
  'WRONG_SERVICE',
  'IP_NOT_ALLOWED',
  'INSUFFICIENT_PERMISSIONS',
  'RATE_LIMITED',
] as const;

export type Outcome = (typeof outcomes)[number];
export type Refusal = Exclude<Outcome, 'VALID'>;

/** What a caller is told when its own key meets this outcome. */
export const refusalErrors: Record<Refusal, { code: ErrorCode; detail: string }> = {
  NOT_FOUND: {
    code: 'invalid_key',
    detail: 'Check that the key was copied whole, and that it was made in this Keyward.',
  },
  REVOKED: { code: 'key_revoked', detail: 'This key was revoked: create another and use that.' },
  RETIRED: {
    code: 'key_retired',
    detail: 'This secret was replaced when its key was rotated: use the newer secret.',
  },
  EXPIRED: { code: 'key_expired', detail: 'This key has expired: create another and use that.' },
  SUSPENDED: { code: 'key_suspended', detail: 'This key is suspended: ask an admin to resume it.' },
  ORGANIZATION_SUSPENDED: {
    code: 'organization_suspended',
    detail: 'The organization of this key is suspended: ask the operator of this service.',
  },
  SERVICE_DISABLED: {
    code: 'service_disabled',
    detail: 'The service of this key is disabled: ask the operator of this service.',
  },
  WRONG_SERVICE: {
    code: 'wrong_service',
    detail: 'This key opens another service: use a key that was made for this one.',
  },
  IP_NOT_ALLOWED: {
    code: 'ip_not_allowed',
    detail: 'Call from an address on the allowlist of this key, or ask an admin to extend it.',
  },
  INSUFFICIENT_PERMISSIONS: {
    code: 'insufficient_permissions',
    detail: 'Ask an admin to grant this key the permission that the call needs.',
  },
  RATE_LIMITED: {
    code: 'rate_limited',
    detail: 'Wait for the number of seconds in Retry-After, then try again.',
  },
};
