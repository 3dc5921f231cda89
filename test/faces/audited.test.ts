import type { Route } from '@keyward/server/rest/route';
import { routes } from '@keyward/server/rest/routes';
import { appRouter } from '@keyward/server/trpc/app-router';
import postgres, { type Sql } from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MutationSample } from '../support/mutation-sample.ts';
import { mutationSamples } from '../support/mutation-samples.ts';
import { restClient } from '../support/rest-client.ts';
import { routeName, sampleOf, verbOf } from '../support/route-samples.ts';
import { putPresets } from '../support/tenants.ts';
import { startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';
import { callTrpc, consoleHeaders, procedures } from '../support/trpc-call.ts';

let keyward: TestKeyward;
let sql: Sql;
beforeAll(async () => {
  // At a name, for which browsers make passkeys; no mail server listens.
  const smtpUrl = 'smtp://127.0.0.1:9';
  keyward = await startTestKeyward({ signUp: 'open', host: 'localhost', smtpUrl });
  sql = postgres(keyward.databaseUrl, { max: 2, onnotice: () => {} });
  await putPresets(keyward, 'merchant', 'short-links');
});
afterAll(async () => {
  await sql.end();
  await keyward[Symbol.asyncDispose]();
});

interface RecordedEvent {
  action: string;
  actor: { type: string; id: string };
  data: { before?: unknown; after?: unknown };
  address: string | null;
  userAgent: string | null;
}

/** What a call left in the log, by the request id that it answered with. */
const eventsOf = async (answer: { headers: Headers }): Promise<RecordedEvent[]> =>
  sql<RecordedEvent[]>`select action, actor, data, address, user_agent as "userAgent"
    from audit_events where request_id = ${answer.headers.get('x-request-id') ?? ''}
    order by number`;

const userAgent = 'keyward-audit-test/1';

function expectRecorded(events: RecordedEvent[], what: string, isUpdate: boolean): void {
  expect(events.length, `${what} left no audit event`).toBeGreaterThan(0);
  for (const event of events) {
    expect(event, what).toMatchObject({
      address: expect.stringMatching(/^(127\.0\.0\.1|::1)$/),
      userAgent,
    });
  }
  if (isUpdate) {
    const told = events.filter(({ data }) => isObject(data.before) && isObject(data.after));
    expect(told.length, `${what} does not say what was before and after`).toBeGreaterThan(0);
  }
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;

/** Mutations that change nothing, each with the reason for which it is one. */
const silentMutations: Readonly<Record<string, string>> = {
  'audit.verify': 'looks through the log, which is work; it changes nothing',
  'audit.instance.verify': 'as audit.verify',
  'account.passkeys.offer': 'asks a browser; what it answers is recorded',
  'account.passkeys.offerConfirmation': 'as account.passkeys.offer',
  'account.passkeys.offerSignIn': 'as account.passkeys.offer',
  'account.password.look': 'reads; its input holds a token, which must not stand in an address',
  'account.password.requestReset':
    'asks for a mail; the link in it is recorded, where there is an account to make it for',
  'account.provider.beginConfirmation': 'asks the provider; what comes back is recorded',
  'account.provider.beginConnection': 'as account.provider.beginConfirmation',
  'account.provider.beginSignIn': 'as account.provider.beginConfirmation',
  'invitations.look': 'reads; its input holds a token, which must not stand in an address',
  'keys.explain': 'reads; its input may hold a secret',
  'keys.identify': 'reads; its input holds a secret',
};

/**
 * Mutations whose samples are refused 15 minutes after the password was given. Which input makes them ask, and
 * others, test/store/fresh-session.test.ts shows.
 */
const confirmed: ReadonlySet<string> = new Set([
  'account.endOtherSessions',
  'account.endSession',
  'account.passkeys.add',
  'account.passkeys.remove',
  'account.password.makeResetLink',
  'account.provider.disconnect',
  'account.secondFactor.offer',
  'account.secondFactor.removeFrom',
  'account.secondFactor.renewRecoveryCodes',
  'account.secondFactor.turnOff',
  'account.secondFactor.turnOn',
  'account.signOutEverywhere',
  'invitations.renew',
  'keys.endRotation',
  'keys.rotate',
  'members.changeRole',
  'members.invite',
  'organizations.setSecondFactor',
  'organizations.update',
  'services.setStatus',
  'webhooks.create',
  'webhooks.remove',
  'webhooks.rotateSecret',
]);

const mutations = procedures(appRouter)
  .filter(({ type }) => type === 'mutation')
  .map(({ path }) => path);

// A new password is a change whose before and after nobody may read.
const isUpdateName = (path: string) =>
  /\.(update|put|change|set|rename)\w*$/.test(path) && path !== 'account.changePassword';

async function callAs(path: string, { input, cookies, organizationId }: MutationSample) {
  return callTrpc(keyward.url, path, input, {
    ...consoleHeaders,
    'User-Agent': userAgent,
    ...(cookies !== null && { Cookie: cookies }),
    ...(organizationId !== undefined && { 'X-Keyward-Organization': organizationId }),
  });
}

describe('tRPC', () => {
  test('every mutation has a sample, or a reason to leave no event', () => {
    const known = [...Object.keys(mutationSamples), ...Object.keys(silentMutations)];
    expect(mutations.filter((path) => !known.includes(path))).toEqual([]);
    expect(known.filter((path) => !mutations.includes(path))).toEqual([]);
    expect(mutations.filter((path) => isUpdateName(path)).length).toBeGreaterThan(5);
  });

  const audited = mutations.filter((path) => silentMutations[path] === undefined);
  test('what asks for the password again is among them', () => {
    expect(audited).toEqual(expect.arrayContaining([...confirmed]));
  });

  test.each(audited)(
    '%s leaves an audit event, and asks for the password again if it should',
    async (path) => {
      const sample = await mutationSamples[path]?.(keyward);
      if (sample === undefined) {
        throw new Error(`Add a sample of ${path} to mutation-samples.ts.`);
      }
      await sql`update sessions set confirmed_at = now() - interval '16 minutes'`;
      let answer = await callAs(path, sample);
      const isAsked = answer.text.includes('confirmation_required');
      expect(isAsked, `${path} asks for the password again`).toBe(confirmed.has(path));
      if (isAsked) {
        expect(await eventsOf(answer)).toEqual([]);
        await sql`update sessions set confirmed_at = now()`;
        answer = await callAs(path, sample);
      }
      expect(answer.status, answer.text).toBe(200);
      const events = await eventsOf(answer);
      expectRecorded(events, path, isUpdateName(path));
      if (sample.actor !== undefined) {
        expect(events[0]?.actor).toMatchObject(sample.actor);
      }
    },
  );
});

/** Calls that change nothing although their method could. */
const silentRoutes: Readonly<Record<string, string>> = {
  'post /v1/keys/verify': 'the hot path: counted, not recorded',
  'all /v1/forward-auth': 'the hot path: counted, not recorded',
  'post /v1/keys/identify': 'reads; its body holds a secret',
};

/** Beside what changes something: whoever takes the whole log along is named in it. */
const readsToTellOf = ['get /v1/audit-events/export'];

const changing = routes.filter(
  (route) =>
    (route.method !== 'get' || readsToTellOf.includes(routeName(route))) &&
    silentRoutes[routeName(route)] === undefined,
);

describe('REST', () => {
  test('the calls that leave no event are those of the list', () => {
    const names = routes.map(routeName);
    expect(names).toEqual(expect.arrayContaining([...Object.keys(silentRoutes), ...readsToTellOf]));
    expect(changing.length).toBeGreaterThan(15);
  });

  test.each(changing.map((route) => [routeName(route), route] as const))(
    '%s leaves an audit event',
    async (name, route: Route) => {
      const sample = await sampleOf(route, keyward);
      const { path, call = {}, secret = keyward.bootstrap.secret } = sample;
      const headers = { ...call.headers, 'User-Agent': userAgent };
      const rest = restClient(keyward.url, secret);
      const answer = await rest(verbOf(route), path, { ...call, headers });
      expect(answer.status, answer.text).toBe(route.output.status);
      const events = await eventsOf(answer);
      expectRecorded(events, name, route.method === 'patch' || route.method === 'put');
      const { type, id } = events[0]?.actor ?? {};
      // Who reports a secret that was exposed says nothing of themselves.
      expect(name.includes('exposed-keys') ? ['system'] : ['key', 'operator']).toContain(type);
      expect(id ?? 'key_').toMatch(/^key_/);
    },
  );
});
