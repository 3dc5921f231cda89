/**
 * Every reason for which Keyward refuses, with the title that callers see.
 * The codes of the REST contract come first; those below the line are the console's own.
 */
export const errorTitles = {
  invalid_request: 'The request is not well formed',
  ambiguous_credentials: 'More than one credential was sent',
  key_in_url: 'A key was sent in the URL',
  missing_key: 'No key was sent',
  invalid_key: 'The key is not known',
  key_revoked: 'The key has been revoked',
  key_retired: 'The secret was retired by a rotation',
  key_expired: 'The key has expired',
  key_suspended: 'The key is suspended',
  organization_suspended: 'The organization is suspended',
  service_disabled: 'The service is disabled',
  insufficient_permissions: 'The permissions do not suffice',
  ip_not_allowed: 'The address is not on the allowlist',
  wrong_service: 'The key belongs to another service',
  not_found: 'Not found',
  conflict: 'The request conflicts with what exists',
  idempotency_in_progress: 'The first request with this Idempotency-Key is still running',
  body_too_large: 'The body is too large',
  idempotency_mismatch: 'The Idempotency-Key was used for another request',
  rate_limited: 'The rate limit is reached',
  authority_unavailable: 'Keys cannot be judged right now',

  not_signed_in: 'Sign in first',
  wrong_credentials: 'The email or the password is wrong',
  wrong_code: 'The code is not right',
  wrong_passkey: 'The passkey was not accepted',
  sign_in_ended: 'This sign-in has ended',
  too_many_attempts: 'Too many attempts',
  confirmation_required: 'Confirm your password first',
  second_factor_required: 'A second factor is required',
  provider_away: 'The sign-in provider cannot be reached',
  sign_up_closed: 'Sign-up is closed',
  cross_site_request: 'The request did not come from the console',
  unsupported_media_type: 'The body is not JSON',
  request_timeout: 'The request took too long to arrive',
  headers_too_large: 'The headers are too large',
  internal_error: 'Something went wrong on our side',
} as const;

export type ErrorCode = keyof typeof errorTitles;

export interface ErrorIssue {
  /** Where in the input, as `permissions.0`; empty for the input as a whole. */
  path: string;
  message: string;
}

/** A refusal. `detail` is one sentence that says what to do; it never holds a secret. */
export class DomainError extends Error {
  readonly code: ErrorCode;
  readonly issues: readonly ErrorIssue[] | undefined;
  /** After how many seconds it may be tried again, where that is known. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: ErrorCode,
    detail: string,
    options?: { issues?: ErrorIssue[]; retryAfterSeconds?: number; cause?: unknown },
  ) {
    super(detail, options?.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'DomainError';
    this.code = code;
    this.issues = options?.issues;
    this.retryAfterSeconds = options?.retryAfterSeconds;
  }
}

/** Refuses one field of the input, as a schema would. */
export function invalidField(path: string, message: string): DomainError {
  return new DomainError('invalid_request', message, { issues: [{ path, message }] });
}
