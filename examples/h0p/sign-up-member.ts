import { randomBytes } from 'node:crypto';
import { type Keyward, KeywardRefusal, KeywardUnavailable } from '../lib/keyward.ts';
import type { MadeKey } from '../lib/set-up.ts';

export interface Member {
  /** A key that acts under the member's name, and dies with their membership. */
  makeUserKey(service: string, name: string, permissions: string[]): Promise<string>;
}

/**
 * Makes somebody a member of an organization in Keyward, signed in. A user key belongs to the person who
 * makes it, so no bot can make one; a product whose own sign-in leads to Keyward does it like this.
 */
export async function signUpMember(
  operator: Keyward,
  organizationId: string,
  name: string,
): Promise<Member> {
  // Fresh at each start, with a password that nobody knows.
  const email = `${name.toLowerCase()}-${randomBytes(4).toString('hex')}@h0p.example`;
  const password = randomBytes(24).toString('base64url');
  const invitation = { email, role: 'member' };
  const { url } = await operator
    .within(organizationId)
    .call<{ url: string }>('POST', '/v1/invitations', invitation);
  const { origin, hash } = new URL(url);

  /** The console's own calls, which count a cookie from Keyward's own origin only. */
  const call = async (procedure: string, input: object, cookie = '') => {
    const response = await fetch(`${operator.url}/trpc/${procedure}`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'X-Keyward-Client': 'console',
        'X-Keyward-Organization': organizationId,
        Origin: origin,
        Cookie: cookie,
      },
      body: JSON.stringify(input),
      signal: AbortSignal.timeout(20_000),
    }).catch((error) => {
      throw new KeywardUnavailable('Keyward did not answer its console.', { cause: error });
    });
    // As tRPC answers: a result, or an error.
    const body = (await response.json()) as { result: { data: unknown }; error?: Error };
    if (!response.ok) {
      throw new KeywardRefusal(response.status, body.error?.message ?? procedure);
    }
    return { data: body.result.data, cookies: response.headers.getSetCookie() };
  };
  const input = { email, name, password, invitation: hash.slice(1) };
  const { cookies } = await call('account.signUp', input);
  const session = cookies.map((cookie) => cookie.split(';')[0]).join('; ');

  return {
    async makeUserKey(service, keyName, permissions) {
      const grant = { kind: 'user', name: keyName, service, permissions };
      const { data } = await call('keys.create', grant, session);
      return (data as MadeKey).secret;
    },
  };
}
