import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Contract, readContract } from '../support/contract.ts';
import { expectProblem } from '../support/expect-problem.ts';
import { sendRaw } from '../support/raw-request.ts';
import type { RestAnswer } from '../support/rest-client.ts';
import { type KeyOptions, makeKey, putPresets, signInMember } from '../support/tenants.ts';
import { startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';

let keyward: TestKeyward;
let contract: Contract;
beforeAll(async () => {
  keyward = await startTestKeyward();
  await putPresets(keyward, 'merchant', 'review-loops', 'short-links');
  contract = await readContract(keyward.url);
});
afterAll(() => keyward[Symbol.asyncDispose]());

const ask = (query: string, headers: Record<string, string>, method = 'GET') =>
  contract.client(null)(method, `/v1/forward-auth?${query}`, { headers });

const merchantKey = (options: KeyOptions = {}) =>
  makeKey(keyward, { service: 'merchant', permissions: ['products:read'], ...options });

function identity({ headers }: RestAnswer): Record<string, string> {
  return Object.fromEntries([...headers].filter(([name]) => name.startsWith('x-keyward-')));
}

test('200 carries every identity header, empty where there is nothing to say', async () => {
  const { key, secret } = await merchantKey({ permissions: ['products:read', 'payments:*'] });
  const answer = await ask('service=merchant', { 'X-Hilt-Key': secret });
  expect([answer.status, answer.text]).toEqual([200, '']);
  expect(identity(answer)).toEqual({
    'x-keyward-key-id': key.id,
    'x-keyward-kind': 'bot',
    'x-keyward-organization-id': keyward.bootstrap.organizationId,
    'x-keyward-user-id': '',
    'x-keyward-service': 'merchant',
    'x-keyward-environment': 'live',
    'x-keyward-tier': 'default',
    'x-keyward-permissions': 'products:read,payments:*',
    'x-keyward-external-id': '',
  });
  expect([...answer.headers.keys()].filter((name) => name.includes('ratelimit'))).toEqual([]);
});

test('a user key says its user, and only what counts of its permissions', async () => {
  const { organizationId } = keyward.bootstrap;
  const member = await signInMember(keyward, { organizationId, role: 'admin' });
  const { secret } = await member.within(organizationId).keys.create.mutate({
    kind: 'user',
    name: 'my laptop',
    service: 'short-links',
    permissions: ['shortLinks:read', 'apiKeys:read'],
    environment: 'test',
  });
  const seen = async () =>
    identity(await ask('service=short-links', { 'x-api-key': secret ?? '' }));
  expect(await seen()).toMatchObject({
    'x-keyward-kind': 'user',
    'x-keyward-user-id': member.user.id,
    'x-keyward-environment': 'test',
    'x-keyward-permissions': 'shortLinks:read,apiKeys:read',
  });
  await keyward.change(
    `update memberships set role = 'member' where user_id = '${member.user.id}'`,
  );
  expect(await seen()).toMatchObject({ 'x-keyward-permissions': 'shortLinks:read' });
});

test('12: forged identity headers never come back', async () => {
  const { key, secret } = await merchantKey();
  const forged = {
    'X-Keyward-Key-Id': 'key_forged',
    'X-Keyward-User-Id': 'usr_forged',
    'X-Keyward-External-Id': 'forged',
    'X-Keyward-Permissions': 'forged:all',
    'X-Keyward-Organization-Id': 'org_forged',
    'X-Keyward-Organization': 'org_forged',
    X_Keyward_User_Id: 'usr_forged',
  };
  const good = await ask('service=merchant', { ...forged, 'X-Hilt-Key': secret });
  expect(good.status).toBe(200);
  expect(identity(good)).toMatchObject({ 'x-keyward-key-id': key.id, 'x-keyward-user-id': '' });
  expect(JSON.stringify([...good.headers])).not.toContain('forged');
  const bad = await ask('service=merchant', { ...forged, 'X-Hilt-Key': 'nothing' });
  expectProblem(bad, 401, 'invalid_key');
  expect(identity(bad)).toEqual({});
  expect(bad.text).not.toContain('forged');
});

test('an external id beyond ASCII comes percent-encoded, and cannot break out of its header', async () => {
  const { key, secret } = await merchantKey({ externalId: 'Zoë, 50% "✓" 日本' });
  const read = async () => {
    const answer = await ask('service=merchant', { 'X-Hilt-Key': secret });
    expect(answer.status).toBe(200);
    return answer.headers.get('x-keyward-external-id') ?? '';
  };
  expect(await read()).toMatch(/^[\x20-\x7e]+$/);
  expect(decodeURIComponent(await read())).toBe('Zoë, 50% "✓" 日本');
  await keyward.change(
    `update keys set external_id = E'a\\r\\nX-Keyward-User-Id: usr_forged' where id = '${key.id}'`,
  );
  expect(decodeURIComponent(await read())).toBe('a\r\nX-Keyward-User-Id: usr_forged');
});

test('the key is read from the service’s header, Authorization and X-Api-Key, never from two', async () => {
  const { secret } = await merchantKey();
  for (const headers of [
    { 'X-Hilt-Key': secret },
    { Authorization: `Bearer ${secret}` },
    { 'X-Api-Key': secret },
  ] as Record<string, string>[]) {
    expect((await ask('service=merchant', headers)).status).toBe(200);
    const second = { 'X-Hilt-Key': secret, Authorization: `Bearer ${secret}`, ...headers };
    expectProblem(await ask('service=merchant', second), 400, 'ambiguous_credentials');
  }
  expectProblem(await ask('service=review-loops', { 'X-Hilt-Key': secret }), 401, 'missing_key');
  const twice = await sendRaw(keyward.url, {
    path: '/v1/forward-auth?service=merchant',
    headers: [
      ['X-Hilt-Key', 'nothing'],
      ['X-Hilt-Key', secret],
    ],
  });
  expectProblem(twice, 400, 'ambiguous_credentials');
});

test('any method is answered, whatever body comes with it', async () => {
  const { secret } = await merchantKey();
  for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'PROPFIND']) {
    const hasBody = !['GET', 'HEAD', 'OPTIONS'].includes(method);
    const answer = await sendRaw(keyward.url, {
      method,
      path: '/v1/forward-auth?service=merchant',
      headers: [
        ['X-Hilt-Key', secret],
        ['Content-Type', 'application/json'],
      ],
      ...(hasBody && { body: `{"broken": ${'x'.repeat(70_000)}` }),
    });
    expect([method, answer.status, answer.text]).toEqual([method, 200, '']);
    expect(Object.keys(identity(answer)).length).toBe(9);
  }
});

test('every permission asked for must hold, repeated or separated by commas', async () => {
  const { secret } = await merchantKey({ permissions: ['products:*', 'receipts:read'] });
  const byKey = (query: string) => ask(`service=merchant${query}`, { 'X-Hilt-Key': secret });
  for (const good of [
    '&permission=products:read',
    '&permission=products:read,receipts:read',
    '&permission=products:read&permission=receipts:read',
    '&permission=products%3Aread%2Creceipts%3Aread',
  ]) {
    expect((await byKey(good)).status, good).toBe(200);
  }
  for (const lacking of [
    '&permission=payments:read',
    '&permission=products:read,payments:read',
    '&permission=payments:read&permission=products:read',
    '&permission=receipts:*',
  ]) {
    expectProblem(await byKey(lacking), 403, 'insufficient_permissions');
  }
});

test('a key of another service is 403, and what is asked amiss is 400', async () => {
  const { secret } = await merchantKey();
  const byKey = (query: string) => ask(query, { 'X-Api-Key': secret });
  expectProblem(await byKey('service=short-links'), 403, 'wrong_service');
  const amiss: [query: string, path: string][] = [
    ['', 'service'],
    ['service=nothing', 'service'],
    ['service=No+Slug', 'service'],
    ['service=merchant&service=merchant', 'service'],
    ['service=merchant&permission=products', 'permission.0'],
    ['service=merchant&permission=', 'permission.0'],
    ['service=merchant&cost=-1', 'cost'],
    ['service=merchant&cost=x', 'cost'],
    ['service=merchant&cost=1&cost=2', 'cost'],
    ['service=merchant&cost=1000001', 'cost'],
    ['service=merchant&deny=404', 'deny'],
    ['service=merchant&tenant=acme', 'tenant'],
    ['service=merchant&__proto__=1', '__proto__'],
  ];
  for (const [query, path] of amiss) {
    const answer = await byKey(query);
    expect([query, answer.status]).toEqual([query, 400]);
    expectProblem(answer, 400, 'invalid_request');
    expect([query, answer.body.errors[0]?.path]).toEqual([query, path]);
  }
});

test('an empty cost is refused, and does not turn the limit off', async () => {
  const { secret } = await makeKey(keyward, { service: 'review-loops', permissions: [] });
  for (const cost of ['', '+', '%09']) {
    const answer = await ask(`service=review-loops&cost=${cost}`, { 'X-Api-Key': secret });
    expectProblem(answer, 400, 'invalid_request');
  }
});

test('an address that is nearly forward-auth is no page of the console: a gateway would let all through', async () => {
  for (const path of [
    '//v1/forward-auth?service=merchant',
    '/v2/forward-auth?service=merchant',
    '/api/v1/forward-auth?service=merchant',
    '/forward-auth?service=merchant',
    '/v1//forward-auth?service=merchant',
    '/V1/forward-auth?service=merchant',
    '/v1/forward-auth%3Fservice=merchant',
  ]) {
    const { status } = await sendRaw(keyward.url, {
      path,
      headers: [
        ['Accept', 'text/html'],
        ['X-Hilt-Key', 'nothing'],
      ],
    });
    expect(status, path).toBeGreaterThanOrEqual(400);
  }
});
