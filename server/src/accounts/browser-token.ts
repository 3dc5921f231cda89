import { createHash, randomBytes } from 'node:crypto';

/** What a browser is on its way through, and which it alone can go on with. */
export type Errand = 'passkey' | 'provider';

export const hashToken = (token: string): string =>
  createHash('sha256').update(token).digest('hex');

export const createToken = (): string => randomBytes(32).toString('base64url');

// __Host- pins the cookie to this host and to https; browsers refuse it on plain http.
const nameOf = (errand: Errand, secure: boolean) => `${secure ? '__Host-' : ''}keyward_${errand}`;

/** The value of `Set-Cookie` that binds an errand to this browser; without a token it is forgotten. */
export function browserCookie(
  errand: Errand,
  token: string | null,
  { secure, seconds }: { secure: boolean; seconds: number },
): string {
  const age = token === null ? 0 : seconds;
  // Lax: the way back from a provider begins at another site.
  return `${nameOf(errand, secure)}=${token ?? ''}; Max-Age=${age}; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
}

/** The token that a browser holds; null where it holds none. */
export function readBrowserToken(cookies: string, errand: Errand, secure: boolean): string | null {
  const name = nameOf(errand, secure);
  for (const pair of cookies.split(';')) {
    const [own, value] = pair.trim().split('=');
    if (own === name && value !== undefined && value !== '') {
      return value;
    }
  }
  return null;
}
