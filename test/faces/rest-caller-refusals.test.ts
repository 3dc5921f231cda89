import type { ErrorCode } from '@keyward/shared/errors';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Contract, readContract } from '../support/contract.ts';
import { countRowsButUsage } from '../support/database-contents.ts';
import { expectProblem } from '../support/expect-problem.ts';
import {
  type KeyOptions,
  type MadeKey,
  makeKey,
  makeTenant,
  putPresets,
  signInMember,
} from '../support/tenants.ts';
import { startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';

let keyward: TestKeyward;
let contract: Contract;
let organizationId: string;
beforeAll(async () => {
  keyward = await startTestKeyward();
  await putPresets(keyward, 'merchant', 'review-loops');
  contract = await readContract(keyward.url);
  organizationId = (await makeTenant(keyward)).id;
});
afterAll(() => keyward[Symbol.asyncDispose]());

const caller = (options: KeyOptions = {}) =>
  makeKey(keyward, { organizationId, permissions: ['apiKeys:*'], ...options });

/** What a key is told wherever it calls for itself. */
async function expectEverywhere(secret: string, status: number, code: ErrorCode): Promise<void> {
  const client = contract.client(secret);
  const body = { name: 'x', service: 'keyward', permissions: [] };
  for (const [method, path, call] of [
    ['GET', '/v1/services', {}],
    ['GET', '/v1/keys', {}],
    ['POST', '/v1/keys', { body }],
    ['POST', '/v1/keys/verify', { body: { key: 'x' } }],
    ['DELETE', '/v1/keys/key_nothing', {}],
    ['GET', '/v1/test', {}],
    ['GET', '/v1/forward-auth?service=keyward', {}],
  ] as const) {
    expectProblem(await client(method, path, call), status, code);
  }
}

const byState: [code: ErrorCode, status: number, sql: (made: MadeKey) => string][] = [
  [
    'invalid_key',
    401,
    ({ key }) => `update key_secrets set secret_hash = 'x' where key_id = '${key.id}'`,
  ],
  ['key_revoked', 401, ({ key }) => `update keys set revoked_at = now() where id = '${key.id}'`],
  [
    'key_retired',
    401,
    ({ key }) => `update key_secrets set retired_at = now() where key_id = '${key.id}'`,
  ],
  [
    'key_retired',
    401,
    ({ key }) => `update key_secrets set retires_at = now() where key_id = '${key.id}'`,
  ],
  ['key_expired', 401, ({ key }) => `update keys set expires_at = now() where id = '${key.id}'`],
  [
    'key_suspended',
    401,
    ({ key }) => `update keys set suspended_at = now() where id = '${key.id}'`,
  ],
  [
    'ip_not_allowed',
    403,
    ({ key }) => `update keys set ip_allowlist = '{192.0.2.0/24}' where id = '${key.id}'`,
  ],
];

test.each(byState)('a caller whose key is %s is told so with %i, everywhere', async (...given) => {
  const [code, status, sql] = given;
  const made = await caller();
  expect((await contract.client(made.secret)('GET', '/v1/keys')).status).toBe(200);
  await keyward.change(sql(made));
  const before = await countRowsButUsage(keyward.databaseUrl);
  await expectEverywhere(made.secret, status, code);
  const after = await countRowsButUsage(keyward.databaseUrl);
  expect(after).toEqual(before);
});

test('a caller of a suspended organization is told so, everywhere', async () => {
  const tenant = await makeTenant(keyward);
  const { secret } = await caller({ organizationId: tenant.id });
  await keyward.change(`update organizations set status = 'suspended' where id = '${tenant.id}'`);
  await expectEverywhere(secret, 401, 'organization_suspended');
});

test('a caller whose service is disabled is told so', async () => {
  const { secret } = await caller({ service: 'merchant', permissions: [] });
  await keyward.change(`update services set disabled_at = now() where slug = 'merchant'`);
  const client = contract.client(secret);
  for (const path of ['/v1/services', '/v1/test', '/v1/forward-auth?service=merchant']) {
    expectProblem(await client('GET', path), 401, 'service_disabled');
  }
  await keyward.change('update services set disabled_at = null');
  expect((await client('GET', '/v1/services')).status).toBe(200);
});

test('a user key whose owner has left is revoked, and one of a demoted owner loses its admin rights', async () => {
  const member = await signInMember(keyward, { organizationId, role: 'admin' });
  const { secret } = await member.within(organizationId).keys.create.mutate({
    kind: 'user',
    name: 'my laptop',
    service: 'keyward',
    permissions: ['apiKeys:read'],
  });
  const client = contract.client(secret);
  expect((await client('GET', '/v1/keys')).status).toBe(200);
  const membership = `user_id = '${member.user.id}'`;
  await keyward.change(`update memberships set role = 'member' where ${membership}`);
  expectProblem(await client('GET', '/v1/keys'), 403, 'insufficient_permissions');
  await keyward.change(`delete from memberships where ${membership}`);
  await expectEverywhere(secret ?? '', 401, 'key_revoked');
});

test('the first gate that fails names the refusal', async () => {
  const { key, secret } = await caller();
  const change = (sql: string) => keyward.change(`update keys set ${sql} where id = '${key.id}'`);
  const codeNow = async () => (await contract.client(secret)('GET', '/v1/keys')).body.code;
  await change(`ip_allowlist = '{192.0.2.1}'`);
  expect(await codeNow()).toBe('ip_not_allowed');
  await change('suspended_at = now()');
  expect(await codeNow()).toBe('key_suspended');
  await change('expires_at = now()');
  expect(await codeNow()).toBe('key_expired');
  await keyward.change(`update key_secrets set retired_at = now() where key_id = '${key.id}'`);
  expect(await codeNow()).toBe('key_retired');
  await change('revoked_at = now()');
  expect(await codeNow()).toBe('key_revoked');
});

test('a caller’s own calls consume nothing of its limit', async () => {
  const { secret } = await caller({
    service: 'review-loops',
    permissions: ['apiKeys:read'],
    rateLimit: { limit: 1, windowSeconds: 60 },
  });
  const client = contract.client(secret);
  for (let times = 0; times < 3; times += 1) {
    expect((await client('GET', '/v1/keys')).status).toBe(200);
  }
  const forwarded = '/v1/forward-auth?service=review-loops';
  expect((await client('GET', forwarded)).status).toBe(200);
  expectProblem(await client('GET', forwarded), 429, 'rate_limited');
  expect((await client('GET', '/v1/keys')).status).toBe(200);
});

test('every problem’s type is a page that explains it', async () => {
  const codes: ErrorCode[] = ['missing_key', 'rate_limited', 'ambiguous_credentials', 'not_found'];
  const { body } = await contract.client(null)('GET', '/v1/keys');
  expect(body.type).toBe(`${keyward.url}/errors/missing_key`);
  for (const code of codes) {
    const page = await fetch(`${keyward.url}/errors/${code}`);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toMatch(/^text\/html/);
    expect(await page.text()).toContain(code);
  }
});
