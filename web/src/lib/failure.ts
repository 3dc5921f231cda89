import type { AppRouter } from '@keyward/server/trpc/app-router';
import type { ErrorCode, ErrorIssue } from '@keyward/shared/errors';
import { TRPCClientError } from '@trpc/client';

/** Why a call did not do what it should, in the words that people are shown. */
export interface Failure {
  /** Keyward's code; null when no answer of Keyward's came back. */
  code: ErrorCode | null;
  title: string;
  /** What to do, in one sentence. */
  detail: string;
  requestId: string | null;
  issues: readonly ErrorIssue[];
  /** Whether it is worth to try the same again. */
  mayPass: boolean;
}

const passing = new Set<ErrorCode>(['authority_unavailable', 'internal_error', 'rate_limited']);

export function toFailure(error: unknown): Failure {
  if (!(error instanceof TRPCClientError)) {
    return {
      code: null,
      title: 'This page met a fault of its own',
      detail: 'Reload the page. If it happens again, tell whoever runs this Keyward.',
      requestId: null,
      issues: [],
      mayPass: false,
    };
  }
  // The class carries its router as a type parameter, which instanceof cannot see.
  const answer = (error as TRPCClientError<AppRouter>).data?.keyward;
  if (answer === undefined) {
    return {
      code: null,
      title: 'Keyward cannot be reached',
      detail: 'Check your connection, and that the server is running. Then try again.',
      requestId: null,
      issues: [],
      mayPass: true,
    };
  }
  const { code, title, detail, requestId, errors } = answer;
  return {
    code,
    title,
    detail,
    requestId,
    issues: errors,
    mayPass: passing.has(code),
  };
}
