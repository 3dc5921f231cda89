import type { IncomingHttpHeaders } from 'node:http';
import { DomainError } from '@keyward/shared/errors';

/**
 * Refuses a call by cookie that the console did not make itself. Browsers say where a call comes from
 * in `Sec-Fetch-Site`, or older ones in `Origin`; and no page of another origin can send our header
 * without asking first.
 */
export function refuseCrossSite(headers: IncomingHttpHeaders, publicUrl: string): void {
  const site = headers['sec-fetch-site'];
  const isSameOrigin =
    site === undefined ? headers.origin === new URL(publicUrl).origin : site === 'same-origin';
  if (!isSameOrigin || headers['x-keyward-client'] === undefined) {
    throw new DomainError(
      'cross_site_request',
      'Call from the console itself, or send a key: a cookie counts from the same origin only, with X-Keyward-Client.',
    );
  }
}
