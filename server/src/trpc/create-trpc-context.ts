import type { CreateExpressContextOptions } from '@trpc/server/adapters/express';
import { openSessions } from '../accounts/sessions.ts';
import type { Actor, Context } from '../context.ts';
import { withinDeadline } from '../database/within-deadline.ts';
import { readCredential, refuseKeyInUrl } from '../http/read-credentials.ts';
import { refuseCrossSite } from '../http/refuse-cross-site.ts';
import { nameRequest, requestContext } from '../http/request-facts.ts';
import type { Instance } from '../instance.ts';
import { authenticateKey } from '../verification/authenticate-key.ts';
import { RefusedAtTheDoor, toTrpcError } from './error-mapping.ts';

/** What a procedure is given: who calls, on what, and where cookies go. */
export interface TrpcContext extends Context {
  instance: Instance;
  /** Null for a stranger. */
  actor: Actor | null;
  /** The organization that the caller names, in `X-Keyward-Organization`. */
  organizationHeader: string | null;
  /** As it came in; empty for a caller with a key, whose cookies mean nothing. */
  cookies: string;
  setCookie(value: string): void;
}

/** Finds out who calls. A key counts before a cookie, and a cookie only from the console itself. */
export async function createTrpcContext(
  instance: Instance,
  { req, res }: CreateExpressContextOptions,
): Promise<TrpcContext> {
  try {
    refuseKeyInUrl(new URL(req.originalUrl, instance.publicUrl).searchParams);
    const context = requestContext(req, nameRequest(req), instance);
    const organizationHeader = req.get('x-keyward-organization') ?? null;
    const setCookie = (value: string) => void res.appendHeader('Set-Cookie', value);
    const common = { ...context, instance, organizationHeader, setCookie };

    const credential = readCredential(req.rawHeaders);
    if (credential !== null) {
      const { plaintextSecret } = credential;
      const actor = await authenticateKey(instance, { plaintextSecret, address: context.address });
      return { ...common, actor, cookies: '' };
    }
    refuseCrossSite(req.headers, instance.publicUrl);
    const cookies = req.headers.cookie ?? '';
    const session = await withinDeadline(() =>
      openSessions(instance.database, instance.secureCookies).find(cookies, context),
    );
    if (session?.cookie) {
      setCookie(session.cookie);
    }
    return { ...common, actor: session?.actor ?? null, cookies };
  } catch (error) {
    throw new RefusedAtTheDoor(toTrpcError(error), nameRequest(req));
  }
}
