import { DomainError, type ErrorCode, type ErrorIssue, errorTitles } from '@keyward/shared/errors';
import { TRPCError } from '@trpc/server';
import type { TRPC_ERROR_CODE_KEY } from '@trpc/server/unstable-core-do-not-import';
import { ZodError } from 'zod';
import { isDatabaseUnavailable } from '../database/is-unavailable.ts';
import { describeInvalidInput } from '../http/describe-invalid-input.ts';

/** One code of tRPC, and so one status, for each of ours. A new code does not compile until it is here. */
const trpcCodes: Record<ErrorCode, TRPC_ERROR_CODE_KEY> = {
  invalid_request: 'BAD_REQUEST',
  ambiguous_credentials: 'BAD_REQUEST',
  key_in_url: 'BAD_REQUEST',
  missing_key: 'UNAUTHORIZED',
  invalid_key: 'UNAUTHORIZED',
  key_revoked: 'UNAUTHORIZED',
  key_retired: 'UNAUTHORIZED',
  key_expired: 'UNAUTHORIZED',
  key_suspended: 'UNAUTHORIZED',
  organization_suspended: 'UNAUTHORIZED',
  service_disabled: 'UNAUTHORIZED',
  insufficient_permissions: 'FORBIDDEN',
  ip_not_allowed: 'FORBIDDEN',
  wrong_service: 'FORBIDDEN',
  not_found: 'NOT_FOUND',
  conflict: 'CONFLICT',
  idempotency_in_progress: 'CONFLICT',
  body_too_large: 'PAYLOAD_TOO_LARGE',
  idempotency_mismatch: 'UNPROCESSABLE_CONTENT',
  rate_limited: 'TOO_MANY_REQUESTS',
  authority_unavailable: 'SERVICE_UNAVAILABLE',
  not_signed_in: 'UNAUTHORIZED',
  wrong_credentials: 'UNAUTHORIZED',
  wrong_code: 'UNAUTHORIZED',
  wrong_passkey: 'UNAUTHORIZED',
  sign_in_ended: 'UNAUTHORIZED',
  too_many_attempts: 'TOO_MANY_REQUESTS',
  confirmation_required: 'FORBIDDEN',
  second_factor_required: 'FORBIDDEN',
  provider_away: 'SERVICE_UNAVAILABLE',
  sign_up_closed: 'FORBIDDEN',
  cross_site_request: 'FORBIDDEN',
  unsupported_media_type: 'UNSUPPORTED_MEDIA_TYPE',
  request_timeout: 'TIMEOUT',
  headers_too_large: 'BAD_REQUEST',
  internal_error: 'INTERNAL_SERVER_ERROR',
};

/** A refusal from before there was a context, which would have told the request's id. */
export class RefusedAtTheDoor extends TRPCError {
  readonly requestId: string;

  constructor(error: TRPCError, requestId: string) {
    super({ code: error.code, message: error.message, cause: error.cause });
    this.requestId = requestId;
  }
}

/** What a client reads of an error, at `error.data.keyward`. */
export interface ErrorData {
  code: ErrorCode;
  title: string;
  /** What to do, in one sentence. */
  detail: string;
  requestId: string | null;
  errors: readonly ErrorIssue[];
}

/** Any error as tRPC's, with the code that its cause means. */
export function toTrpcError(error: unknown): TRPCError {
  const cause = error instanceof TRPCError ? (error.cause ?? error) : error;
  if (cause instanceof DomainError) {
    return new TRPCError({ code: trpcCodes[cause.code], message: cause.message, cause });
  }
  if (isDatabaseUnavailable(cause)) {
    const refusal = new DomainError('authority_unavailable', 'Try again in a few seconds.', {
      cause,
    });
    return toTrpcError(refusal);
  }
  return error instanceof TRPCError
    ? error
    : new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause: error });
}

/** What an answer with these errors says in its headers: when to come back, where a refusal knows. */
export function describeHeaders(errors: readonly TRPCError[]): Record<string, string> {
  const seconds = errors.flatMap(({ cause }) =>
    cause instanceof DomainError && cause.retryAfterSeconds !== undefined
      ? [cause.retryAfterSeconds]
      : [],
  );
  return seconds.length === 0 ? {} : { 'Retry-After': String(Math.max(...seconds)) };
}

/** What a client may read of an error. What is not a refusal of ours says nothing of its inside. */
export function describeError(error: TRPCError, requestId: string | null): ErrorData {
  const refusal = toRefusal(error);
  return {
    code: refusal.code,
    title: errorTitles[refusal.code],
    detail: refusal.message,
    requestId,
    errors: refusal.issues ?? [],
  };
}

function toRefusal(error: TRPCError): DomainError {
  const { cause } = error;
  if (cause instanceof ZodError) {
    return describeInvalidInput(cause);
  }
  return cause instanceof DomainError ? cause : fromTrpc(error);
}

/** tRPC's own refusals: an unknown procedure, a body that is no JSON or too large, a batch too long. */
function fromTrpc(error: TRPCError): DomainError {
  switch (error.code) {
    case 'NOT_FOUND':
      return new DomainError('not_found', 'There is no such procedure.');
    case 'PAYLOAD_TOO_LARGE':
      return new DomainError('body_too_large', 'Send at most 64 KiB.');
    case 'UNSUPPORTED_MEDIA_TYPE':
      return new DomainError('unsupported_media_type', 'Send JSON as application/json.');
    case 'INTERNAL_SERVER_ERROR':
      return new DomainError('internal_error', 'Try again; if it stays, report the request id.');
    default:
      return new DomainError('invalid_request', 'Send a request that the procedure can read.');
  }
}
