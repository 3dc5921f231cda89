import { existsSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { fileURLToPath } from 'node:url';
import { DomainError } from '@keyward/shared/errors';
import compression from 'compression';
import express, { type ErrorRequestHandler, type Express } from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { callbackPath } from './accounts/provider/provider.ts';
import { createDownloads } from './http/create-downloads.ts';
import { describeFailure } from './http/describe-failure.ts';
import { logRequests } from './http/log-requests.ts';
import { answerProvider } from './http/provider-callback.ts';
import { nameRequest } from './http/request-facts.ts';
import type { Instance } from './instance.ts';
import { refuseUnread } from './rest/answer-unreadable.ts';
import { createRestFace } from './rest/create-rest-face.ts';
import { createFastPath } from './rest/fast-path.ts';
import { createHealthRoutes } from './rest/health.ts';
import { problemAnswer, toDomainError } from './rest/problem.ts';
import { sendAnswer } from './rest/send-answer.ts';
import { createTrpcFace } from './trpc/create-trpc-face.ts';

const consoleDirectory = fileURLToPath(new URL('../../web/dist', import.meta.url));

type Report = (error: unknown, requestId: string | undefined) => void;

/** The whole server on one port: verification first, then both faces, the health checks and the console. */
export function createApp(instance: Instance, logger: Logger): RequestListener {
  const report: Report = (error, requestId) =>
    logger.error({ err: describeFailure(error), requestId }, 'unexpected error');
  const serveFast = createFastPath(instance, report);
  const app = createExpressApp(instance, logger, report);
  return (request, response) => {
    // Node would refuse it without a word.
    if (request.headers.host === undefined && request.httpVersion === '1.1') {
      refuseUnread(request, response, instance.publicUrl);
    } else if (!serveFast(request, response)) {
      app(request, response);
    }
  };
}

function createExpressApp(instance: Instance, logger: Logger, report: Report): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use((request, response, next) => {
    response.setHeader('X-Request-Id', nameRequest(request));
    next();
  });
  app.use(logRequests(logger));
  app.use(securityHeaders(instance.publicUrl));
  app.use('/trpc', createTrpcFace(instance, report));
  app.use(createRestFace(instance, report));
  app.use(createDownloads(instance, report));
  app.get(callbackPath, answerProvider(instance, logger));
  app.use(createHealthRoutes(instance));
  app.use(serveConsole());
  app.use(refuseUnknown);
  app.use(answerFailure(instance.publicUrl, report));
  return app;
}

function securityHeaders(publicUrl: string): express.RequestHandler {
  const isHttps = publicUrl.startsWith('https:');
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        scriptSrcAttr: ["'none'"],
        // Mantine writes its theme's variables into style elements; scripts come from files alone.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: isHttps ? { maxAge: 31_536_000 } : false,
    xFrameOptions: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
  });
}

/** The built console: files by name, and its one page for every address that is a person's. */
function serveConsole(): express.RequestHandler {
  const router = express.Router();
  // Here alone: in an answer that holds a secret, the length of what was compressed could betray it.
  router.use(compression());
  router.use(
    '/assets',
    express.static(`${consoleDirectory}/assets`, { immutable: true, maxAge: '1y', index: false }),
    refuseUnknown,
  );
  router.use(express.static(consoleDirectory, { index: false, dotfiles: 'ignore' }));
  router.get('/{*path}', (request, response, next) => {
    if (!request.accepts('html') || isMeantForApi(request.path)) {
      next();
      return;
    }
    response.setHeader('Cache-Control', 'no-cache');
    if (existsSync(`${consoleDirectory}/index.html`)) {
      response.sendFile('index.html', { root: consoleDirectory });
    } else {
      response.status(503).type('text').send('The console is not built: start with npm start.\n');
    }
  });
  return router;
}

// A gateway takes any 200 for leave to pass: an address that is mistyped by a slash must not be a page.
function isMeantForApi(path: string): boolean {
  return /(^|\/)(v\d+|forward-auth|trpc)(\/|$)/i.test(path);
}

const notThere = () =>
  new DomainError(
    'not_found',
    'There is nothing at this address: see /openapi.json for the calls.',
  );

function refuseUnknown(): never {
  throw notThere();
}

/** What no face has answered: a problem like every other. */
function answerFailure(publicUrl: string, report: Report): ErrorRequestHandler {
  // Express knows an error handler by its four parameters.
  return (error, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const requestId = nameRequest(request);
    // A file that is gone is not there; Express says so in a way of its own.
    const refusal = toDomainError(error?.status === 404 ? notThere() : error);
    if (refusal.code === 'internal_error') {
      report(error, requestId);
    }
    sendAnswer(response, problemAnswer(refusal, { requestId, publicUrl }));
  };
}
