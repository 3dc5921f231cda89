import { appRouter } from '@keyward/server/trpc/app-router';
import { errorTitles } from '@keyward/shared/errors';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { botClient } from '../support/console-client.ts';
import { countRowsButUsage } from '../support/database-contents.ts';
import type { RestAnswer } from '../support/rest-client.ts';
import { makeKey, putPresets, type SignedIn, signInMember } from '../support/tenants.ts';
import { startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';
import { callTrpc, consoleHeaders, procedures } from '../support/trpc-call.ts';

let keyward: TestKeyward;
let admin: SignedIn;
let organizationId: string;
beforeAll(async () => {
  keyward = await startTestKeyward();
  await putPresets(keyward, 'merchant', 'short-links');
  ({ organizationId } = keyward.bootstrap);
  admin = await signInMember(keyward, { organizationId, role: 'admin' });
});
afterAll(() => keyward[Symbol.asyncDispose]());

const publicProcedures = ['account.session', 'account.signIn', 'account.signOut', 'account.signUp']
  // Whose password was right, and who is not signed in before the code is.
  .concat('account.completeSignIn')
  // Who has forgotten their password, and who holds a link to set another one.
  .concat('account.password.requestReset', 'account.password.look', 'account.password.reset')
  // Who signs in by a passkey.
  .concat('account.passkeys.offerSignIn', 'account.passkeys.signIn')
  // Who signs in by a provider.
  .concat('account.provider.beginSignIn')
  // Whoever holds the link of an invitation may look where it leads.
  .concat('invitations.look');

/** Holds an error against what the console reads of it. */
function expectRefusal(answer: RestAnswer, status: number, code: keyof typeof errorTitles): void {
  expect(answer.status, answer.text).toBe(status);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  const { error } = answer.body;
  expect(Object.keys(error).sort()).toEqual(['code', 'data', 'message']);
  expect(error.data).not.toHaveProperty('stack');
  expect(Object.keys(error.data.keyward).sort()).toEqual(
    ['code', 'detail', 'errors', 'requestId', 'title'].sort(),
  );
  expect(error.data.keyward).toMatchObject({ code, title: errorTitles[code] });
  expect(error.message).toBe(error.data.keyward.detail);
  expect(error.data.keyward.detail).toMatch(/^[^\n]{10,}$/);
  expect(answer.text).not.toMatch(/\bat [^ ]+ \(|node_modules|file:\/\//);
}

test('a session and a bot key call the same procedures', async () => {
  const bot = botClient(keyward.url, keyward.bootstrap.secret);
  for (const client of [admin.within(organizationId), bot]) {
    const services = await client.services.list.query();
    expect(services.map((service) => service.slug)).toContain('merchant');
    expect((await client.services.get.query({ slug: 'merchant' })).slug).toBe('merchant');
    const { key, secret } = await client.keys.create.mutate({
      kind: 'bot',
      name: 'made by either',
      service: 'merchant',
      permissions: ['apiKeys:verify'],
    });
    expect(secret).toMatch(/^hk_live_/);
    expect(await client.keys.get.query({ id: key.id })).toEqual(key);
    expect((await client.keys.list.query({ limit: 1 })).data).toEqual([key]);
    const revoked = await client.keys.revoke.mutate({ id: key.id });
    expect(revoked).toMatchObject({ key: { status: 'revoked' }, receipt: { nodes: 1 } });
  }
});

test('what belongs to a person or to the operator is refused to others', async () => {
  const { secret } = await makeKey(keyward, { permissions: ['apiKeys:*'] });
  const key = { Authorization: `Bearer ${secret}` };
  const user = {
    Cookie: admin.cookies(),
    ...consoleHeaders,
    'X-Keyward-Organization': organizationId,
  };
  const put = { slug: 'mine', service: { preset: 'merchant' } };
  for (const [headers, path, input] of [
    [key, 'organizations.list', {}],
    [key, 'organizations.create', { name: 'Mine' }],
    [key, 'services.put', put],
    [user, 'services.put', put],
  ] as const) {
    expectRefusal(
      await callTrpc(keyward.url, path, input, headers),
      403,
      'insufficient_permissions',
    );
  }
  const userKey = { kind: 'user', name: 'x', service: 'merchant', permissions: [] };
  const made = await callTrpc(keyward.url, 'keys.create', userKey, key);
  expectRefusal(made, 403, 'insufficient_permissions');
});

test('every procedure is known as open or closed to strangers', () => {
  const paths = procedures(appRouter).map(({ path }) => path);
  expect(paths).toEqual(expect.arrayContaining(publicProcedures.slice(0, 4)));
  expect(paths.length).toBeGreaterThan(publicProcedures.length);
});

describe('strangers', () => {
  let before: Record<string, number>;
  beforeAll(async () => {
    before = await countRowsButUsage(keyward.databaseUrl);
  });

  const closed = procedures(appRouter)
    .map(({ path }) => path)
    .filter((path) => !publicProcedures.includes(path));

  test.each(closed)('%s answers a stranger 401 not_signed_in', async (path) => {
    const headers = { ...consoleHeaders, 'X-Keyward-Organization': organizationId };
    for (const input of [{}, { id: 'x', role: 'owner' }, null]) {
      expectRefusal(await callTrpc(keyward.url, path, input, headers), 401, 'not_signed_in');
    }
    for (const cookie of ['keyward_session=', 'keyward_session=forged', 'other=1']) {
      const answer = await callTrpc(keyward.url, path, {}, { ...headers, Cookie: cookie });
      expectRefusal(answer, 401, 'not_signed_in');
    }
  });

  test('none of them has changed anything', async () => {
    expect(await countRowsButUsage(keyward.databaseUrl)).toEqual(before);
  });
});

test('a bad key is refused before anything else, even by public procedures', async () => {
  const { key, secret } = await makeKey(keyward);
  await keyward.change(`update keys set suspended_at = now() where id = '${key.id}'`);
  for (const path of ['account.session', 'keys.list']) {
    for (const [presented, code] of [
      ['nothing', 'invalid_key'],
      [secret, 'key_suspended'],
    ] as const) {
      const answer = await callTrpc(
        keyward.url,
        path,
        {},
        {
          Authorization: `Bearer ${presented}`,
          Cookie: admin.cookies(),
          ...consoleHeaders,
        },
      );
      expectRefusal(answer, 401, code);
    }
  }
});

test('bad input names each field, and nothing is written', async () => {
  const headers = { Authorization: `Bearer ${keyward.bootstrap.secret}` };
  const before = await countRowsButUsage(keyward.databaseUrl);
  const answer = await callTrpc(
    keyward.url,
    'keys.create',
    {
      kind: 'bot',
      name: '',
      service: 'merchant',
      permissions: [],
      organizationId: 'org_x',
      role: 'owner',
    },
    headers,
  );
  expectRefusal(answer, 400, 'invalid_request');
  const paths = answer.body.error.data.keyward.errors.map((error: { path: string }) => error.path);
  expect(paths.sort()).toEqual(['name', 'organizationId', 'role']);
  expectRefusal(await callTrpc(keyward.url, 'nothing.such', {}, headers), 404, 'not_found');
  expectRefusal(await callTrpc(keyward.url, 'keys.__proto__', {}, headers), 404, 'not_found');
  const large = await callTrpc(keyward.url, 'keys.get', { id: 'x'.repeat(2_000_000) }, headers);
  expectRefusal(large, 413, 'body_too_large');
  const after = await countRowsButUsage(keyward.databaseUrl);
  expect(after).toEqual(before);
});

test('a query goes by POST as well as by GET, and a mutation by POST alone', async () => {
  const headers = { Authorization: `Bearer ${keyward.bootstrap.secret}` };
  const posted = await callTrpc(keyward.url, 'services.list', null, headers);
  const got = await fetch(`${keyward.url}/trpc/services.list`, { headers });
  expect([posted.status, got.status]).toEqual([200, 200]);
  expect(await got.json()).toEqual(posted.body);
  const before = await countRowsButUsage(keyward.databaseUrl);
  const input = encodeURIComponent(JSON.stringify({ name: 'Made by GET' }));
  const mutation = await fetch(`${keyward.url}/trpc/organizations.create?input=${input}`, {
    headers,
  });
  expect(mutation.status).toBe(405);
  const after = await countRowsButUsage(keyward.databaseUrl);
  expect(after['public.organizations']).toBe(before['public.organizations']);
});

const batch = (size: number, name = 'services.list') =>
  callTrpc(
    keyward.url,
    `${Array.from({ length: size }, () => name).join(',')}?batch=1`,
    {},
    { Authorization: `Bearer ${keyward.bootstrap.secret}` },
  );

test('22: a batch of 20 is answered, and one of 21, of 7,000 or of 10,000 refused', async () => {
  const largest = await batch(20);
  expect([largest.status, largest.body.length]).toEqual([200, 20]);
  for (const size of [21, 7000]) {
    const over = await batch(size, size === 21 ? 'services.list' : 'a');
    expect([400, 413]).toContain(over.status);
    expect(over.text).not.toContain('merchant');
  }
  // Such an address is longer than what a server reads: it answers 431, or hangs up.
  const huge = await batch(10_000).catch(() => null);
  expect([null, 400, 413, 414, 431]).toContain(huge?.status ?? null);
  expect((await batch(1)).status).toBe(200);
});

test('every error is JSON that is not stored, and says the request id of its header', async () => {
  const headers = { ...consoleHeaders, Cookie: admin.cookies() };
  const errors = {
    'an unknown procedure': await callTrpc(keyward.url, 'nothing.such', {}, headers),
    'bad input': await callTrpc(keyward.url, 'keys.get', {}, headers),
    'a bad key': await callTrpc(keyward.url, 'keys.list', {}, { 'X-Api-Key': 'nothing' }),
    'another site': await callTrpc(keyward.url, 'keys.list', {}, { Cookie: admin.cookies() }),
    'a key in the address': await callTrpc(keyward.url, 'keys.list?key=x', {}, headers),
    'a batch too long': await batch(21),
    'another media type': await callTrpc(
      keyward.url,
      'keys.list',
      {},
      {
        ...headers,
        'Content-Type': 'text/plain',
      },
    ),
  };
  const told = Object.entries(errors).map(([what, answer]) => {
    const error = [JSON.parse(answer.text)].flat()[0].error.data.keyward;
    return {
      what,
      type: answer.headers.get('content-type')?.replace(/;.*/, ''),
      cache: answer.headers.get('cache-control'),
      named: error.requestId === answer.headers.get('x-request-id'),
    };
  });
  const wanted = { type: 'application/json', cache: 'no-store', named: true };
  expect(told).toEqual(Object.keys(errors).map((what) => ({ what, ...wanted })));
});
