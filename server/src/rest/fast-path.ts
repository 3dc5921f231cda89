import type { IncomingMessage, ServerResponse } from 'node:http';
import { createRequestId } from '../database/create-id.ts';
import { refuseKeyInUrl } from '../http/read-credentials.ts';
import { requestContext } from '../http/request-facts.ts';
import type { Instance } from '../instance.ts';
import { createAnswerQueue } from './answer-queue.ts';
import { problemAnswer, toDomainError } from './problem.ts';
import { parseJson, readUsualBody } from './read-usual-body.ts';
import type { RestAnswer, Route } from './route.ts';
import { forwardAuthRoute } from './routes/forward-auth.ts';
import { verifyRoute } from './routes/verification.ts';

/** Serves a request and says so, or leaves it to the server that knows every shape of request. */
export type FastPath = (request: IncomingMessage, response: ServerResponse) => boolean;

/**
 * Verification and forward-auth without Express in between, for requests of the usual shape. The routes
 * are those of the REST face: a caller is answered the same by either way. What a browser is told of pages
 * is left out, and the log has no line of it: /metrics counts.
 */
export function createFastPath(
  instance: Instance,
  onUnexpected: (error: unknown, requestId: string | undefined) => void,
): FastPath {
  const { publicUrl } = instance;
  const fixedHeaders = headersOfEveryAnswer(publicUrl);
  const queueAnswer = createAnswerQueue((error) => onUnexpected(error, undefined));

  function serve(
    route: Route,
    request: IncomingMessage,
    response: ServerResponse,
    query: URLSearchParams,
    body: Buffer | undefined,
  ): void {
    const requestId = createRequestId();
    const headers = ['X-Request-Id', requestId, ...fixedHeaders];
    const send = (answer: RestAnswer) => queueAnswer({ response, answer, headers });
    const refuse = (error: unknown) => {
      const refusal = toDomainError(error);
      if (refusal.code === 'internal_error') {
        onUnexpected(error, requestId);
      }
      send(problemAnswer(refusal, { requestId, publicUrl }));
    };
    try {
      refuseKeyInUrl(query);
      const answer = route.serve({
        instance,
        context: requestContext(request, requestId, instance),
        method: request.method ?? 'GET',
        rawHeaders: request.rawHeaders,
        params: noParams,
        query,
        body: body && parseJson(body),
      });
      if (answer instanceof Promise) {
        answer.then(send, refuse);
      } else {
        send(answer);
      }
    } catch (error) {
      refuse(error);
    }
  }

  return (request, response) => {
    const { method, url = '' } = request;
    if (method === 'POST' && url === verifyRoute.path) {
      return readUsualBody(request, (body) => serve(verifyRoute, request, response, noQuery, body));
    }
    if (url.startsWith(forwardAuthStart)) {
      const query = new URLSearchParams(url.slice(forwardAuthStart.length));
      serve(forwardAuthRoute, request, response, query, undefined);
      return true;
    }
    return false;
  };
}

const forwardAuthStart = `${forwardAuthRoute.path}?`;
const noQuery = new URLSearchParams();
const noParams = {};

/** Names and values in turn. */
function headersOfEveryAnswer(publicUrl: string): string[] {
  const headers = ['X-Content-Type-Options', 'nosniff'];
  return publicUrl.startsWith('https:')
    ? [...headers, 'Strict-Transport-Security', 'max-age=31536000; includeSubDomains']
    : headers;
}
