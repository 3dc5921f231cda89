import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';
import { nameRequest } from './request-facts.ts';

/** One line for each request but those of the fast path: what, how it ended and how long it took. No headers, no query, no body. */
export function logRequests(logger: Logger): RequestHandler {
  return pinoHttp({
    logger,
    genReqId: nameRequest,
    quietReqLogger: true,
    customLogLevel: (_, response, error) =>
      error || response.statusCode >= 500 ? 'error' : 'info',
    autoLogging: { ignore: (request) => request.url === '/healthz' || request.url === '/readyz' },
    serializers: {
      req: (request) => ({ method: request.method, path: safePath(request.url) }),
      res: (response) => ({ status: response.statusCode }),
      // An error's own fields can hold a query's parameters.
      err: (error) => ({ type: error.type, message: error.message, stack: error.stack }),
    },
  });
}

/** The path alone, without anything long enough to be a secret that somebody put into it. */
function safePath(url: string): string {
  const [path = ''] = url.split('?');
  return path.slice(0, 200).replace(/[^/]{38,}/g, '[redacted]');
}
