import { DomainError, type ErrorCode } from '@keyward/shared/errors';
import { Router } from 'express';
import type { Instance } from '../instance.ts';
import { errorPage } from './error-page.ts';
import { createMetrics } from './metrics.ts';
import { createOpenApi } from './openapi.ts';
import { problemStatuses } from './problem.ts';
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

  router.get('/readyz', (_, response) => {
    response.setHeader('Cache-Control', 'no-store');
    if (instance.authority.holdsLease()) {
      response.json({ status: 'ready' });
      return;
    }
    throw new DomainError(
      'authority_unavailable',
      'This node has not heard its database within its lease: check the database.',
    );
  });

  router.get('/metrics', async (_, response) => {
    const metrics = await writeMetrics();
    if (metrics === null) {
      throw new DomainError(
        'authority_unavailable',
        'A worker did not tell its figures: ask again.',
      );
    }
    response.type('text/plain; version=0.0.4').send(metrics);
  });

  router.get('/openapi.json', (_, response) => {
    response.type('json').send(openApi);
  });

  router.get('/.well-known/keyward/secret-patterns.json', async (_, response) => {
    const patterns = await writeSecretPatterns();
    response.setHeader('Cache-Control', 'public, max-age=300');
    response.type('json').send(patterns);
  });

  router.get('/errors/:code', (request, response) => {
    const { code } = request.params;
    if (!isErrorCode(code)) {
      throw new DomainError(
        'not_found',
        'There is no such error: see /openapi.json for all codes.',
      );
    }
    response.type('html').send(errorPage(code));
  });
  return router;
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(problemStatuses, code);
}
