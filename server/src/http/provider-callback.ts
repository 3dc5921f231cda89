import type { Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { browserCookie, readBrowserToken } from '../accounts/browser-token.ts';
import { confirmedPath, isConfirmation } from '../accounts/provider/begin-visit.ts';
import { type FinishedVisit, finishVisit } from '../accounts/provider/finish-visit.ts';
import { VisitRefused } from '../accounts/provider/visit-refused.ts';
import { type FoundSession, openSessions } from '../accounts/sessions.ts';
import { signOut } from '../accounts/sign-out.ts';
import type { Context } from '../context.ts';
import type { Instance } from '../instance.ts';
import { describeFailure } from './describe-failure.ts';
import { nameRequest, requestContext } from './request-facts.ts';

/**
 * Where the provider of OpenID Connect sends browsers back to. Whatever happens, it answers with the way to
 * a page of the console, which says what went wrong.
 */
export function answerProvider(instance: Instance, logger: Logger): RequestHandler {
  const { database, secureCookies: secure } = instance;
  return async (request, response) => {
    response.setHeader('Cache-Control', 'no-store');
    const context = requestContext(request, nameRequest(request), instance);
    let session: FoundSession | null = null;
    try {
      const cookies = request.headers.cookie ?? '';
      session = await openSessions(database, secure).find(cookies, context);
      const finished = await finish(instance, context, { request, session });
      // Not before: what came back may be an earlier visit of a browser that is on another by now.
      response.append('Set-Cookie', browserCookie('provider', null, { secure, seconds: 0 }));
      if (finished.outcome === 'signed_in') {
        // The session that the browser had goes out of its sight, and so it ends.
        await signOut(context, cookies, secure);
        response.append('Set-Cookie', finished.signedIn.cookie);
      }
      response.redirect(303, wayOf(finished));
    } catch (error) {
      const reason = noteRefusal(error, logger, context);
      const page = session === null ? '/sign-in' : '/account';
      const asked = isConfirmation(request.query.state) ? confirmedPath : page;
      response.redirect(303, `${asked}?error=${reason}`);
    }
  };
}

function finish(
  { provider, publicUrl, secureCookies: secure, signUp: policy }: Instance,
  context: Context,
  { request, session }: { request: Request; session: FoundSession | null },
): Promise<FinishedVisit> {
  if (provider === null) {
    throw new VisitRefused('failed');
  }
  return finishVisit(context, {
    provider,
    token: readBrowserToken(request.headers.cookie ?? '', 'provider', secure),
    search: new URL(request.originalUrl, publicUrl).search,
    actor: session?.actor ?? null,
    policy,
    secure,
  });
}

function wayOf(finished: FinishedVisit): Parameters<Response['redirect']>[1] {
  if (finished.outcome !== 'challenged') {
    return finished.returnTo;
  }
  const { challenge, returnTo } = finished;
  const { token, factors } = challenge;
  const names = Object.entries(factors).flatMap(([name, has]) => (has ? [name] : []));
  const search = returnTo === '/' ? '' : `?returnTo=${encodeURIComponent(returnTo)}`;
  // In the fragment, so that no server's log keeps the token.
  return `/sign-in${search}#challenge=${token}&factors=${names.join('+')}`;
}

function noteRefusal(error: unknown, logger: Logger, { requestId }: Context): string {
  const reason = error instanceof VisitRefused ? error.reason : 'failed';
  const cause = error instanceof VisitRefused ? error.cause : error;
  const err = cause === undefined ? {} : { err: describeFailure(cause) };
  logger.warn({ requestId, reason, ...err }, 'signing in by the provider was refused');
  return reason;
}
