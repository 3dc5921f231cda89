import { DomainError } from '@keyward/shared/errors';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import { TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc';
import type { NextFunction, Request, Response } from 'express';
import { nameRequest } from '../http/request-facts.ts';
import { describeError, toTrpcError } from './error-mapping.ts';

const maximumBatch = 20;

/** Refuses what tRPC itself would read, or answer in another form than the rest. */
export function refuseAtTheDoor(request: Request, response: Response, next: NextFunction): void {
  const refusal = findRefusal(request);
  if (refusal === null) {
    next();
    return;
  }
  const error = toTrpcError(refusal);
  const httpStatus = getHTTPStatusCodeFromError(error);
  const keyward = describeError(error, nameRequest(request));
  response.status(httpStatus).json({
    error: {
      message: keyward.detail,
      code: TRPC_ERROR_CODES_BY_KEY[error.code],
      data: { code: error.code, httpStatus, keyward },
    },
  });
}

function findRefusal(request: Request): DomainError | null {
  // tRPC also reads forms and octet streams, which any page can send without asking.
  const isJson = /^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '');
  if (request.method === 'POST' && !isJson) {
    return new DomainError(
      'unsupported_media_type',
      'Send JSON, with Content-Type: application/json.',
    );
  }
  // In an address a comma may be written %2C.
  return request.path.split(/,|%2c/i).length > maximumBatch
    ? new DomainError('invalid_request', `Send at most ${maximumBatch} calls at once.`)
    : null;
}
