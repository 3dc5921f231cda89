import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { DomainError } from '@keyward/shared/errors';
import express, {
  type ErrorRequestHandler,
  type Request,
  type RequestHandler,
  Router,
} from 'express';
import { refuseKeyInUrl } from '../http/read-credentials.ts';
import { nameRequest, requestContext } from '../http/request-facts.ts';
import { sendStream } from '../http/send-stream.ts';
import type { Instance } from '../instance.ts';
import { problemAnswer, toDomainError } from './problem.ts';
import type { Route } from './route.ts';
import { routes } from './routes.ts';
import { sendAnswer } from './send-answer.ts';

const maximumBodyBytes = 64 * 1024;

/** The face for third parties: the REST contract, and nothing beside it. */
export function createRestFace(
  instance: Instance,
  onUnexpected: (error: unknown, requestId: string | undefined) => void,
): RequestHandler {
  const face = Router({ caseSensitive: true });
  face.use('/v1', (request, _, next) => {
    refuseKeyInUrl(queryOf(request));
    next();
  });
  for (const route of routes) {
    const path = route.path.replace(/\{(\w+)\}/g, ':$1');
    // A call without a body in its contract never reads one.
    const before = route.input.body === undefined ? [] : [parseJson(route)];
    face[route.method](path, ...before, serve(route, instance, onUnexpected));
  }
  face.use('/v1', () => {
    throw new DomainError('not_found', 'There is no such call: see /openapi.json for all.');
  });
  // Express knows an error handler by its four parameters.
  const answerError: ErrorRequestHandler = (error, request, response, _next) => {
    const refusal = toDomainError(error);
    if (refusal.code === 'internal_error') {
      onUnexpected(error, nameRequest(request));
    }
    const { publicUrl } = instance;
    sendAnswer(response, problemAnswer(refusal, { requestId: nameRequest(request), publicUrl }));
  };
  face.use('/v1', answerError);
  return face;
}

// The parser would put a replacement character in the place of each byte that is no UTF-8.
function refuseOtherEncodings(body: Buffer): void {
  if (!isUtf8(body)) {
    throw new DomainError('invalid_request', 'Send the body in UTF-8.');
  }
}

const rawBodies = new WeakMap<IncomingMessage, Buffer>();

function parseJson({ input }: Route): RequestHandler {
  return express.json({
    limit: input.maximumBodyBytes ?? maximumBodyBytes,
    strict: false,
    verify: (request, _, body) => {
      refuseOtherEncodings(body);
      if (input.keepsRawBody) {
        rawBodies.set(request, body);
      }
    },
    type: ['application/json', 'application/*+json'],
  });
}

function serve(
  route: Route,
  instance: Instance,
  onUnexpected: (error: unknown, requestId: string | undefined) => void,
): RequestHandler {
  return async (request, response) => {
    const answer = await route.serve({
      instance,
      context: requestContext(request, nameRequest(request), instance),
      method: request.method,
      rawHeaders: request.rawHeaders,
      params: request.params as Record<string, string>,
      query: queryOf(request),
      body: request.body,
      rawBody: rawBodies.get(request),
    });
    if (answer.chunks === undefined) {
      sendAnswer(response, answer);
      return;
    }
    const { status, headers = {}, contentType = 'text/plain', chunks } = answer;
    await sendStream(
      response,
      { status, headers: { ...headers, 'Content-Type': contentType }, chunks },
      (error) => onUnexpected(error, nameRequest(request)),
    );
  };
}

/** The query as it was sent; Express would make objects of brackets. */
function queryOf(request: Request): URLSearchParams {
  const start = request.originalUrl.indexOf('?');
  return new URLSearchParams(start === -1 ? '' : request.originalUrl.slice(start));
}
