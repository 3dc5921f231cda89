import { DomainError, type ErrorCode } from '@keyward/shared/errors';
import { Router } from 'express';
import { nameRequest } from '../http/request-facts.ts';
import type { Instance } from '../instance.ts';
import { errorPage } from './error-page.ts';
import { createMetrics } from './metrics.ts';
import { createOpenApi } from './openapi.ts';
import { problemAnswer, problemStatuses } from './problem.ts';
import { createSecretPatterns } from './secret-patterns.ts';

/** What orchestrators and readers ask, without a key. */
export function createHealthRoutes(instance: Instance): Router {
  const router = Router();
  const writeMetrics = createMetrics(instance);
  const writeSecretPatterns = createSecretPatterns(instance.database, instance.publicUrl);
  const openApi = JSON.stringify(createOpenApi(instance.publicUrl));

  router.get('/healthz', (_, response) => {
    response.json({ status: 'ok' });
  });

  router.get('/readyz', (request, response) => {
    response.setHeader('Cache-Control', 'no-store');
    if (instance.authority.holdsLease()) {
      response.json({ status: 'ready' });
      return;
    }
    const refusal = new DomainError(
      'authority_unavailable',
      'This node has not heard its database within its lease: check the database.',
    );
    const { publicUrl } = instance;
    const facts = { requestId: nameRequest(request), publicUrl };
    const { status, headers, body, contentType } = problemAnswer(refusal, facts);
    response
      .status(status)
      .set(headers)
      .type(contentType ?? 'json')
      .send(JSON.stringify(body));
  });

  router.get('/metrics', async (_, response) => {
    const metrics = await writeMetrics();
    if (metrics === null) {
      response.status(503).type('text').send('A worker did not tell its figures: ask again.\n');
    } else {
      response.type('text/plain; version=0.0.4').send(metrics);
    }
  });

  router.get('/openapi.json', (_, response) => {
    response.type('json').send(openApi);
  });

  router.get('/.well-known/keyward/secret-patterns.json', async (_, response) => {
    const patterns = await writeSecretPatterns();
    response.setHeader('Cache-Control', 'public, max-age=300');
    response.type('json').send(patterns);
  });

  router.get('/errors/:code', (request, response, next) => {
    const { code } = request.params;
    if (isErrorCode(code)) {
      response.type('html').send(errorPage(code));
    } else {
      next();
    }
  });
  return router;
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(problemStatuses, code);
}
