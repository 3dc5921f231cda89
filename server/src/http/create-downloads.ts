import { DomainError } from '@keyward/shared/errors';
import { type ErrorRequestHandler, type Request, type RequestHandler, Router } from 'express';
import { openSessions } from '../accounts/sessions.ts';
import { exportAuditEvents } from '../audit/export-audit-events.ts';
import { instanceChain } from '../audit/record-audit-event.ts';
import { findStartedExport } from '../audit/start-audit-export.ts';
import { requireOperator, requirePermission } from '../authorize.ts';
import type { Context, UserActor } from '../context.ts';
import { withinDeadline } from '../database/within-deadline.ts';
import type { Instance } from '../instance.ts';
import { enterOrganization } from '../organizations/enter-organization.ts';
import { exportHeaders } from './export-headers.ts';
import { nameRequest, requestContext } from './request-facts.ts';
import { sendStream } from './send-stream.ts';

/** Files for a browser, by plain links and the session's cookie: no page has to hold them in memory. */
export function createDownloads(
  instance: Instance,
  onUnexpected: (error: unknown, requestId: string | undefined) => void,
): RequestHandler {
  const downloads = Router();
  downloads.get('/downloads/audit-events/:id', async (request, response) => {
    refuseOtherSites(request);
    const context = requestContext(request, nameRequest(request), instance);
    const actor = await requireUser(instance, context, request.headers.cookie ?? '');
    const started = await findStartedExport(instance.database, actor, request.params.id);
    await requireMayRead({ ...context, actor }, started.chain);
    await sendStream(
      response,
      {
        status: 200,
        headers: exportHeaders(started),
        chunks: exportAuditEvents(instance.database, started),
      },
      (error) => onUnexpected(error, nameRequest(request)),
    );
  });
  downloads.use('/downloads', answerRefusal);
  return downloads;
}

/** Browsers say on which page a link stood; those that do not are held by what the link has to know. */
function refuseOtherSites({ headers }: Request): void {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    throw new DomainError('cross_site_request', 'Download it from the console itself.');
  }
}

async function requireUser(instance: Instance, context: Context, cookies: string) {
  const session = await withinDeadline(() =>
    openSessions(instance.database, instance.secureCookies).find(cookies, context),
  );
  if (session === null) {
    throw new DomainError('not_signed_in', 'Sign in, then export once more.');
  }
  return session.actor;
}

// Within that minute somebody may have been removed, or made less.
async function requireMayRead(
  context: Context & { actor: UserActor },
  chain: string,
): Promise<void> {
  if (chain === instanceChain) {
    requireOperator(context.actor);
  } else {
    requirePermission(await enterOrganization(context, chain), 'auditLog:read');
  }
}

const statuses: Partial<Record<DomainError['code'], number>> = {
  not_signed_in: 401,
  not_found: 404,
  authority_unavailable: 503,
};

const answerRefusal: ErrorRequestHandler = (error, request, response, next) => {
  if (!(error instanceof DomainError)) {
    next(error);
    return;
  }
  response
    .status(statuses[error.code] ?? 403)
    .setHeader('Cache-Control', 'no-store')
    .type('text')
    .send(`${error.message}\nRequest ${nameRequest(request)}\n`);
};
