import { expect } from 'vitest';
import { type IdentityProvider, type Person, startIdentityProvider } from './identity-provider.ts';
import { createVisitor, type Visitor } from './provider-visit.ts';
import type { SignedIn } from './tenants.ts';
import { startTestKeyward } from './test-keyward.ts';
import { callTrpc, consoleHeaders } from './trpc-call.ts';
import { uniqueName } from './unique-name.ts';

export const newPerson = (facts: Partial<Person> = {}): Person => {
  const subject = uniqueName('sub');
  const email = `${subject.toLowerCase()}@example.com`;
  return { subject, email, emailVerified: true, name: 'Ida Provider', ...facts };
};

/** Opens an address, and returns where it leads to. */
export async function openBack(visitor: Visitor, url: string): Promise<string> {
  const response = await visitor.get(url);
  expect(response.status, await response.clone().text()).toBe(303);
  expect(response.headers.get('cache-control')).toBe('no-store');
  return response.headers.get('location') ?? '';
}

/** A Keyward that a provider of its own signs people in to. */
export async function startProviderStage(overrides: Parameters<typeof startTestKeyward>[0] = {}) {
  const id: IdentityProvider = await startIdentityProvider();
  const keyward = await startTestKeyward({ oidc: id.settings, signUp: 'open', ...overrides });
  id.open({ redirectUri: `${keyward.url}/auth/callback` });

  const call = async (visitor: Visitor, path: string, input: object = {}) => {
    const answer = await callTrpc(keyward.url, path, input, {
      ...consoleHeaders,
      Cookie: visitor.cookies(keyward.url),
    });
    for (const cookie of answer.headers.getSetCookie()) {
      visitor.hold(keyward.url, cookie.split(';')[0] ?? '');
    }
    if (answer.status !== 200) {
      throw new Error(answer.body.error.data.keyward.detail);
    }
    return answer.body.result.data;
  };

  /** Goes to the provider, and comes back to the address with the code, which is not opened yet. */
  const goThere = async (
    visitor: Visitor,
    person: Person | null,
    procedure = 'beginSignIn',
    input = {},
  ) => {
    const { url } = await call(visitor, `account.provider.${procedure}`, input);
    id.state.present = person;
    return visitor.goUntil(url, `${keyward.url}/auth/callback`);
  };

  return {
    id,
    keyward,
    call,
    goThere,
    visit: async (visitor: Visitor, person: Person | null, procedure?: string, input = {}) =>
      openBack(visitor, await goThere(visitor, person, procedure, input)),
    sessionOf: (visitor: Visitor) => call(visitor, 'account.session'),
    /** A visitor in the session of a member. */
    as(member: SignedIn): Visitor {
      const visitor = createVisitor();
      visitor.hold(keyward.url, member.cookies());
      return visitor;
    },
    async eventsOf(userId: string) {
      const rows = await keyward.database.execute<{ action: string; data: unknown }>(
        `select action, data from audit_events where target_id = '${userId}' order by number`,
      );
      return rows.map(({ action, data }) => [
        action,
        typeof data === 'string' ? JSON.parse(data) : data,
      ]);
    },
    async [Symbol.asyncDispose]() {
      await keyward[Symbol.asyncDispose]();
      await id[Symbol.asyncDispose]();
    },
  };
}

export type ProviderStage = Awaited<ReturnType<typeof startProviderStage>>;
