import { verification } from '@keyward/shared/verification';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Contract, readContract } from '../support/contract.ts';
import { expectProblem } from '../support/expect-problem.ts';
import type { RestAnswer, RestClient } from '../support/rest-client.ts';
import { makeKey, makeTenant, putPresets, signInMember } from '../support/tenants.ts';
import { startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';

let keyward: TestKeyward;
let contract: Contract;
let verifier: RestClient;
beforeAll(async () => {
  keyward = await startTestKeyward();
  await putPresets(keyward, 'merchant', 'review-loops', 'short-links');
  contract = await readContract(keyward.url);
  verifier = contract.client((await makeKey(keyward)).secret);
});
afterAll(() => keyward[Symbol.asyncDispose]());

const fields = ['valid', 'code', 'requestId', 'key', 'organization', 'user', 'service']
  .concat(['permissions', 'rateLimit'])
  .sort();

async function verify(body: Record<string, unknown>): Promise<RestAnswer> {
  const answer = await verifier('POST', '/v1/keys/verify', { body });
  expect(answer.status, answer.text).toBe(200);
  expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(answer.body.requestId).toBe(answer.headers.get('x-request-id'));
  expect(answer.body.valid).toBe(answer.body.code === 'VALID');
  return answer;
}

test('a good key answers VALID with every documented field and no other', async () => {
  const { key, secret } = await makeKey(keyward, {
    service: 'merchant',
    name: 'Production Telegram bot',
    permissions: ['products:read', 'payments:*'],
    environment: 'test',
    metadata: { plan: 'gold', seats: [1, 2] },
    externalId: 'customer 7',
  });
  const { body } = await verify({ key: secret });
  expect(Object.keys(body).sort()).toEqual(fields);
  expect(verification.parse(body)).toEqual(body);
  expect(body).toEqual({
    valid: true,
    code: 'VALID',
    requestId: body.requestId,
    key: {
      id: key.id,
      name: 'Production Telegram bot',
      kind: 'bot',
      environment: 'test',
      tier: 'default',
      start: 'hk_test_',
      last4: secret.slice(-4),
      expiresAt: null,
      externalId: 'customer 7',
      metadata: { plan: 'gold', seats: [1, 2] },
    },
    organization: {
      id: keyward.bootstrap.organizationId,
      slug: body.organization.slug,
      name: body.organization.name,
    },
    user: null,
    service: 'merchant',
    permissions: ['products:read', 'payments:*'],
    rateLimit: null,
  });
  expect(body.organization.slug).toMatch(/^acme-/);
  expect(body.organization.name).toMatch(/^Acme-/);
});

test('a user key answers with its user', async () => {
  const member = await signInMember(keyward, {
    organizationId: keyward.bootstrap.organizationId,
  });
  const within = member.within(keyward.bootstrap.organizationId);
  const { secret } = await within.keys.create.mutate({
    kind: 'user',
    name: 'my laptop',
    service: 'short-links',
    permissions: ['shortLinks:read'],
  });
  const { body } = await verify({ key: secret, permissions: ['shortLinks:read'] });
  expect(body.code).toBe('VALID');
  expect(body.key.kind).toBe('user');
  expect(body.user).toEqual(member.user);
});

test('an unknown key answers NOT_FOUND with valid, code and requestId alone', async () => {
  const { secret } = await makeKey(keyward, { service: 'merchant', permissions: [] });
  const mistyped = `${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`;
  for (const key of ['x', 'hk_live_', mistyped, ` ${secret}`, '\u0000', 'ключ'.repeat(50)]) {
    const { body } = await verify({ key });
    expect(body).toEqual({ valid: false, code: 'NOT_FOUND', requestId: body.requestId });
  }
});

test('a key of any length is judged: too long to be one is NOT_FOUND, and no error', async () => {
  const { secret } = await makeKey(keyward, { service: 'merchant', permissions: [] });
  for (const key of ['x'.repeat(513), secret.repeat(20), 'x'.repeat(60_000)]) {
    expect((await verify({ key })).body.code).toBe('NOT_FOUND');
  }
});

test('a key of another organization is byte for byte unknown, but not to an operator', async () => {
  const tenant = await makeTenant(keyward);
  const { key, secret } = await makeKey(keyward, {
    organizationId: tenant.id,
    service: 'merchant',
    permissions: ['products:read'],
  });
  for (const explain of [false, true]) {
    const foreign = await verify({ key: secret, explain });
    const unknown = await verify({ key: 'hk_live_nothing', explain });
    const masked = (answer: RestAnswer) => answer.text.replaceAll(answer.body.requestId, '');
    expect(foreign.body.code).toBe('NOT_FOUND');
    expect(masked(foreign)).toBe(masked(unknown));
  }
  const operator = contract.client(keyward.bootstrap.secret);
  const seen = await operator('POST', '/v1/keys/verify', { body: { key: secret } });
  expect(seen.body).toMatchObject({ valid: true, key: { id: key.id } });
  expect(seen.body.organization).toEqual({
    id: tenant.id,
    slug: tenant.slug,
    name: tenant.name,
  });
});

test('all permissions must hold, and a wildcard asked for needs a wildcard granted', async () => {
  const { secret } = await makeKey(keyward, {
    service: 'merchant',
    permissions: ['products:*', 'receipts:read'],
  });
  const codeOf = async (...permissions: string[]) =>
    (await verify({ key: secret, permissions })).body.code;
  expect(await codeOf()).toBe('VALID');
  expect(await codeOf('products:delete', 'receipts:read')).toBe('VALID');
  expect(await codeOf('products:*')).toBe('VALID');
  expect(await codeOf('receipts:*')).toBe('INSUFFICIENT_PERMISSIONS');
  expect(await codeOf('products:read', 'payments:read')).toBe('INSUFFICIENT_PERMISSIONS');
  expect(await codeOf('nothing:such')).toBe('INSUFFICIENT_PERMISSIONS');
});

test('every outcome but NOT_FOUND keeps the same fields', async () => {
  const tenant = await makeTenant(keyward);
  const own = contract.client(tenant.manager.secret);
  const made = () =>
    makeKey(keyward, {
      organizationId: tenant.id,
      service: 'review-loops',
      permissions: ['loops:read'],
    });
  const cases: [code: string, sql: (id: string) => string, question?: object][] = [
    ['REVOKED', (id) => `update keys set revoked_at = now() where id = '${id}'`],
    ['RETIRED', (id) => `update key_secrets set retired_at = now() where key_id = '${id}'`],
    ['RETIRED', (id) => `update key_secrets set retires_at = now() where key_id = '${id}'`],
    ['EXPIRED', (id) => `update keys set expires_at = now() where id = '${id}'`],
    ['SUSPENDED', (id) => `update keys set suspended_at = now() where id = '${id}'`],
    ['WRONG_SERVICE', () => 'select 1', { service: 'merchant' }],
    ['IP_NOT_ALLOWED', (id) => `update keys set ip_allowlist = '{192.0.2.1}' where id = '${id}'`],
    ['INSUFFICIENT_PERMISSIONS', () => 'select 1', { permissions: ['loops:write'] }],
    ['RATE_LIMITED', () => 'select 1', { cost: 101 }],
  ];
  for (const [code, sql, question] of cases) {
    const { key, secret } = await made();
    await keyward.change(sql(key.id));
    const { status, body } = await own('POST', '/v1/keys/verify', {
      body: { key: secret, ...question },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ valid: false, code });
    expect(Object.keys(body).sort(), code).toEqual(fields);
    expect(body.key.id).toBe(key.id);
    expect(body.rateLimit).toEqual({
      limit: 100,
      remaining: 100,
      windowSeconds: 3600,
      resetAt: null,
    });
  }
});

test('a suspended organization and a disabled service are told to an operator', async () => {
  const tenant = await makeTenant(keyward);
  const operator = contract.client(keyward.bootstrap.secret);
  const { secret } = await makeKey(keyward, {
    organizationId: tenant.id,
    service: 'short-links',
    permissions: [],
  });
  const outcome = async () =>
    (await operator('POST', '/v1/keys/verify', { body: { key: secret } })).body.code;
  expect(await outcome()).toBe('VALID');
  await keyward.change(`update services set disabled_at = now() where slug = 'short-links'`);
  expect(await outcome()).toBe('SERVICE_DISABLED');
  await keyward.change(`update organizations set status = 'suspended' where id = '${tenant.id}'`);
  expect(await outcome()).toBe('ORGANIZATION_SUSPENDED');
  await keyward.change(`update services set disabled_at = null`);
});

test('a verifier without apiKeys:verify is refused', async () => {
  const { secret } = await makeKey(keyward, { permissions: ['apiKeys:read', 'apiKeys:create'] });
  const answer = await contract.client(secret)('POST', '/v1/keys/verify', { body: { key: 'x' } });
  expectProblem(answer, 403, 'insufficient_permissions');
});

test('a body that is not as documented is 400 and names the fields', async () => {
  const refused: [body: unknown, path: string][] = [
    [{}, 'key'],
    [{ key: 7 }, 'key'],
    [{ key: 'x', cost: -1 }, 'cost'],
    [{ key: 'x', cost: 1.5 }, 'cost'],
    [{ key: 'x', cost: 1_000_001 }, 'cost'],
    [{ key: 'x', ip: '203.0.113.300' }, 'ip'],
    [{ key: 'x', ip: '203.0.113.0/24' }, 'ip'],
    [{ key: 'x', service: 'No Slug' }, 'service'],
    [{ key: 'x', permissions: ['loops'] }, 'permissions.0'],
    [{ key: 'x', explain: 'yes' }, 'explain'],
    [{ key: 'x', tenant: 'acme' }, 'tenant'],
    [[], ''],
    [null, ''],
  ];
  for (const [body, path] of refused) {
    const answer = await verifier('POST', '/v1/keys/verify', { body });
    expectProblem(answer, 400, 'invalid_request');
    expect(answer.body.errors.map((error: { path: string }) => error.path)).toEqual([path]);
  }
});
