import type { IncomingMessage } from 'node:http';
import type { Context } from '../context.ts';
import type { Database } from '../database/connect-database.ts';
import { createRequestId } from '../database/create-id.ts';
import { clientAddress } from './client-address.ts';

const requestIds = new WeakMap<IncomingMessage, string>();

/** The id of a request, which its answer, its log line and its audit events bear. */
export function nameRequest(request: IncomingMessage): string {
  const known = requestIds.get(request);
  if (known !== undefined) {
    return known;
  }
  const requestId = createRequestId();
  requestIds.set(request, requestId);
  return requestId;
}

/** What every verb is told about the request that it serves. */
export function requestContext(
  request: IncomingMessage,
  requestId: string,
  { database, trustedProxies }: { database: Database; trustedProxies: readonly string[] },
): Context {
  const forwardedFor = request.headers['x-forwarded-for'];
  return {
    database,
    requestId,
    address: clientAddress(
      request.socket.remoteAddress,
      Array.isArray(forwardedFor) ? forwardedFor.join(',') : forwardedFor,
      trustedProxies,
    ),
    userAgent: request.headers['user-agent']?.slice(0, 300) ?? null,
  };
}
