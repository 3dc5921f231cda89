import { appRouter } from '@keyward/server/trpc/app-router';
import { errorTitles } from '@keyward/shared/errors';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { botClient, consoleClient } from '../support/console-client.ts';
import { countRows } from '../support/database-contents.ts';
import type { RestAnswer } from '../support/rest-client.ts';
import { makeKey, putPresets, type SignedIn, signInMember } from '../support/tenants.ts';
import { operatorPassword, startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';
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

const publicProcedures = ['account.session', 'account.signIn', 'account.signOut', 'account.signUp'];

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
  expect(error.data.keyward.requestId).toBe(answer.headers.get('x-request-id'));
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
  expect(paths).toEqual(expect.arrayContaining(publicProcedures));
  expect(paths.length).toBeGreaterThan(publicProcedures.length);
});

test.each(
  procedures(appRouter)
    .map(({ path }) => path)
    .filter((path) => !publicProcedures.includes(path)),
)('%s answers a stranger 401 not_signed_in', async (path) => {
  const before = await countRows(keyward.databaseUrl);
  for (const cookie of ['', 'keyward_session=', 'keyward_session=forged', 'other=1']) {
    for (const input of [{}, { id: 'x', role: 'owner' }, null]) {
      const headers = { ...consoleHeaders, 'X-Keyward-Organization': organizationId };
      const answer = await callTrpc(keyward.url, path, input, {
        ...headers,
        ...(cookie && { Cookie: cookie }),
      });
      expectRefusal(answer, 401, 'not_signed_in');
    }
  }
  const after = await countRows(keyward.databaseUrl);
  expect({ ...after, 'public.key_usage': 0 }).toEqual({ ...before, 'public.key_usage': 0 });
});

test('a bad key is refused before anything else, even by public procedures', async () => {
  const { key, secret } = await makeKey(keyward);
  await keyward.database.execute(`update keys set suspended_at = now() where id = '${key.id}'`);
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
  const before = await countRows(keyward.databaseUrl);
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
  const large = await callTrpc(keyward.url, 'keys.get', { id: 'x'.repeat(70_000) }, headers);
  expectRefusal(large, 413, 'body_too_large');
  const after = await countRows(keyward.databaseUrl);
  expect({ ...after, 'public.key_usage': 0 }).toEqual({ ...before, 'public.key_usage': 0 });
});

test('a query goes by POST as well as by GET, and a mutation by POST alone', async () => {
  const headers = { Authorization: `Bearer ${keyward.bootstrap.secret}` };
  const posted = await callTrpc(keyward.url, 'services.list', null, headers);
  const got = await fetch(`${keyward.url}/trpc/services.list`, { headers });
  expect([posted.status, got.status]).toEqual([200, 200]);
  expect(await got.json()).toEqual(posted.body);
  const before = await countRows(keyward.databaseUrl);
  const input = encodeURIComponent(JSON.stringify({ name: 'Made by GET' }));
  const mutation = await fetch(`${keyward.url}/trpc/organizations.create?input=${input}`, {
    headers,
  });
  expect(mutation.status).toBe(405);
  const after = await countRows(keyward.databaseUrl);
  expect(after['public.organizations']).toBe(before['public.organizations']);
});

test('batches of 20 are answered, of 21 and of 10,000 refused', async () => {
  const headers = { Authorization: `Bearer ${keyward.bootstrap.secret}` };
  const batch = (size: number) => {
    const path = Array.from({ length: size }, () => 'services.list').join(',');
    return callTrpc(keyward.url, `${path}?batch=1`, {}, headers);
  };
  const largest = await batch(20);
  expect([largest.status, largest.body.length]).toEqual([200, 20]);
  const over = await batch(21);
  expect([400, 413]).toContain(over.status);
  expect(over.text).not.toContain('merchant');
  const huge = await batch(10_000);
  expect(huge.status).toBeGreaterThanOrEqual(400);
  expect(huge.status).toBeLessThan(500);
  expect((await batch(1)).status).toBe(200);
});

test('an unexpected failure says nothing of the inside, by either face', async () => {
  const boom = `create function boom() returns trigger language plpgsql as
    $$ begin raise exception 'inner secret of the table'; end $$`;
  await keyward.database.execute(boom);
  await keyward.database.execute(
    'create trigger boom before insert on organizations for each row execute function boom()',
  );
  const operator = consoleClient(keyward.url);
  const { email } = keyward.bootstrap;
  await operator.trpc.account.signIn.mutate({ email, password: operatorPassword });
  const headers = { Cookie: operator.cookies(), ...consoleHeaders };
  const answer = await callTrpc(keyward.url, 'organizations.create', { name: 'Boom' }, headers);
  expectRefusal(answer, 500, 'internal_error');
  expect(answer.text).not.toMatch(/inner secret|insert into|organizations"|boom|Drizzle|Postgres/i);
  expect(keyward.logs.join('')).toContain(answer.headers.get('x-request-id'));
  await keyward.database.execute('drop trigger boom on organizations');
});
