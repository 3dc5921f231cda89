import { DomainError } from '@keyward/shared/errors';
import type { CreateExpressContextOptions } from '@trpc/server/adapters/express';
import { openSessions } from '../accounts/sessions.ts';
import type { Actor, Context } from '../context.ts';
import { readCredential, refuseKeyInUrl } from '../http/read-credentials.ts';
import { refuseCrossSite } from '../http/refuse-cross-site.ts';
import { requestContext } from '../http/request-facts.ts';
import type { Instance } from '../instance.ts';
import { authenticateKey } from '../verification/authenticate-key.ts';
import { toTrpcError } from './error-mapping.ts';

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
    res.setHeader('Cache-Control', 'no-store');
    refuseOtherMedia(req.method, req.headers['content-type']);
    refuseKeyInUrl(new URL(req.originalUrl, instance.publicUrl).searchParams);
    const context = requestContext(req, instance.database, instance.trustedProxies);
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
    const session = await openSessions(instance.database, instance.secureCookies).find(cookies);
    if (session?.cookie) {
      setCookie(session.cookie);
    }
    return { ...common, actor: session?.actor ?? null, cookies };
  } catch (error) {
    throw toTrpcError(error);
  }
}

// tRPC also reads forms and octet streams, which any page can send without asking.
function refuseOtherMedia(method: string, contentType: string | undefined): void {
  if (method === 'POST' && !/^application\/json\b/i.test(contentType ?? '')) {
    throw new DomainError(
      'unsupported_media_type',
      'Send JSON, with Content-Type: application/json.',
    );
  }
}
