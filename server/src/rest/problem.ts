import { STATUS_CODES } from 'node:http';
import { DomainError, type ErrorCode, errorTitles } from '@keyward/shared/errors';
import { ZodError, z } from 'zod';
import { isDatabaseUnavailable } from '../database/is-unavailable.ts';
import { describeInvalidInput } from '../http/describe-invalid-input.ts';
import type { RestAnswer } from './route.ts';

/** One status for each code of ours. A new code does not compile until it is here. */
export const problemStatuses: Record<ErrorCode, number> = {
  invalid_request: 400,
  ambiguous_credentials: 400,
  key_in_url: 400,
  missing_key: 401,
  invalid_key: 401,
  key_revoked: 401,
  key_retired: 401,
  key_expired: 401,
  key_suspended: 401,
  organization_suspended: 401,
  service_disabled: 401,
  insufficient_permissions: 403,
  ip_not_allowed: 403,
  wrong_service: 403,
  not_found: 404,
  conflict: 409,
  idempotency_in_progress: 409,
  body_too_large: 413,
  idempotency_mismatch: 422,
  rate_limited: 429,
  authority_unavailable: 503,
  not_signed_in: 401,
  wrong_credentials: 401,
  wrong_code: 401,
  wrong_passkey: 401,
  sign_in_ended: 401,
  too_many_attempts: 429,
  confirmation_required: 403,
  second_factor_required: 403,
  provider_away: 503,
  sign_up_closed: 403,
  cross_site_request: 403,
  unsupported_media_type: 415,
  request_timeout: 408,
  headers_too_large: 431,
  internal_error: 500,
};

/** A problem as RFC 9457 has it. */
export const problem = z
  .strictObject({
    type: z.url(),
    title: z.string(),
    status: z.int(),
    /** One sentence that says what to do. */
    detail: z.string(),
    code: z.enum(Object.keys(errorTitles) as [ErrorCode, ...ErrorCode[]]),
    requestId: z.string(),
    errors: z.array(z.strictObject({ path: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem' });

/** Any error as the refusal that a caller is told. What is not ours says nothing of its inside. */
export function toDomainError(error: unknown): DomainError {
  if (error instanceof DomainError) {
    return error;
  }
  if (error instanceof ZodError) {
    return describeInvalidInput(error);
  }
  if (isDatabaseUnavailable(error)) {
    return new DomainError('authority_unavailable', 'Try again in a few seconds.', {
      cause: error,
    });
  }
  return (
    fromBodyParser(error) ??
    new DomainError('internal_error', 'Try again; if it stays, report the request id.', {
      cause: error,
    })
  );
}

/** The answer that tells a refusal. */
export function problemAnswer(
  error: DomainError,
  facts: { requestId: string; publicUrl: string },
): RestAnswer {
  const status = problemStatuses[error.code];
  const headers: Record<string, string> = {};
  if (status === 401) {
    headers['WWW-Authenticate'] =
      `Bearer realm="keyward"${error.code === 'missing_key' ? '' : ', error="invalid_token"'}`;
  }
  if (status === 403) {
    headers['WWW-Authenticate'] = 'Bearer realm="keyward", error="insufficient_scope"';
  }
  if (status === 503) {
    headers['Retry-After'] = '3';
  }
  if (error.retryAfterSeconds !== undefined) {
    headers['Retry-After'] = String(error.retryAfterSeconds);
  }
  const body: z.infer<typeof problem> = {
    type: `${facts.publicUrl}/errors/${error.code}`,
    title: errorTitles[error.code],
    status,
    detail: error.message,
    code: error.code,
    requestId: facts.requestId,
  };
  if (status === 400) {
    body.errors = [...(error.issues ?? [])];
  }
  return { status, headers, body, contentType: 'application/problem+json; charset=utf-8' };
}

/** Express and its body parser throw errors with a status and a type. */
export const notJson = () =>
  new DomainError('invalid_request', 'Send a body of JSON in UTF-8: this is none.');

function fromBodyParser(error: unknown): DomainError | null {
  const status =
    error instanceof Error && 'status' in error && typeof error.status === 'number'
      ? error.status
      : null;
  if (status === 413) {
    return new DomainError('body_too_large', 'Send at most 64 KiB.');
  }
  if (error instanceof Error && 'type' in error && error.type === 'entity.parse.failed') {
    return notJson();
  }
  if (status !== null && status >= 400 && status < 500) {
    return new DomainError(
      'invalid_request',
      `Send a request that can be read: a body of JSON in UTF-8 (${STATUS_CODES[status]}).`,
    );
  }
  return null;
}
