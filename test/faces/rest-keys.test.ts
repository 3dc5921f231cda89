import { changedKey, createdKey, key as keySchema } from '@keyward/shared/keys';
import { secretPattern } from '@keyward/shared/secret-patterns';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Contract, readContract } from '../support/contract.ts';
import { countRowsButUsage } from '../support/database-contents.ts';
import { expectProblem } from '../support/expect-problem.ts';
import { sendRaw } from '../support/raw-request.ts';
import type { RestClient } from '../support/rest-client.ts';
import { makeKey, putPresets, signInMember } from '../support/tenants.ts';
import { startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';
import { uniqueName } from '../support/unique-name.ts';

let keyward: TestKeyward;
let contract: Contract;
let bot: RestClient;
let botKeyId: string;
beforeAll(async () => {
  keyward = await startTestKeyward();
  await putPresets(keyward, 'merchant', 'review-loops', 'contracts', 'short-links');
  contract = await readContract(keyward.url);
  bot = contract.client(keyward.bootstrap.secret);
  botKeyId = keyward.bootstrap.keyId;
});
afterAll(() => keyward[Symbol.asyncDispose]());

const keyFields = ['id', 'name', 'kind', 'service', 'environment', 'tier', 'start', 'last4']
  .concat(['status', 'permissions', 'rateLimit', 'ipAllowlist', 'expiresAt', 'externalId'])
  .concat(['metadata', 'user', 'createdBy', 'createdAt', 'updatedAt', 'revokedAt', 'secrets'])
  .concat(['usage'])
  .sort();

const bare = { service: 'merchant', permissions: ['products:read'] };

test('POST /v1/keys answers 201 with the key and its secret, as documented', async () => {
  const name = uniqueName('Warehouse sync');
  const { status, body } = await bot('POST', '/v1/keys', { body: { ...bare, name } });
  expect(status).toBe(201);
  expect(Object.keys(body).sort()).toEqual(['key', 'secret']);
  expect(createdKey.parse(body)).toEqual(body);
  expect(body.secret).toMatch(new RegExp(`^${secretPattern(['hk_live_'])}$`));
  expect(Object.keys(body.key).sort()).toEqual(keyFields);
  const { id, createdAt } = body.key;
  expect(id).toMatch(/^key_[0-9a-z]{26}$/);
  expect(createdAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  const start = 'hk_live_';
  const last4 = body.secret.slice(-4);
  expect(body.key).toEqual({
    id,
    name,
    kind: 'bot',
    service: 'merchant',
    environment: 'live',
    tier: 'default',
    start,
    last4,
    status: 'active',
    permissions: ['products:read'],
    rateLimit: null,
    ipAllowlist: [],
    expiresAt: null,
    externalId: null,
    metadata: {},
    user: null,
    createdBy: { type: 'key', id: botKeyId, name: 'Bootstrap' },
    createdAt,
    updatedAt: createdAt,
    revokedAt: null,
    secrets: [{ start, last4, createdAt, retiresAt: null, lastUsedAt: null }],
    usage: { totalRequests: 0, lastUsedAt: null, lastUsedIp: null },
  });
  const read = await bot('GET', `/v1/keys/${id}`);
  expect(read.status).toBe(200);
  expect(read.body).toEqual(body.key);
  expect(keySchema.parse(read.body)).toEqual(read.body);
});

test('every documented field of a new key is taken', async () => {
  const given = {
    name: 'Partner',
    service: 'contracts',
    permissions: ['contracts:*', 'vaults:read'],
    environment: 'test',
    tier: 'partner',
    rateLimit: { limit: 5, windowSeconds: 10 },
    ipAllowlist: ['203.0.113.0/24', '2001:db8::7'],
    externalId: 'cus_1',
    metadata: { nested: [{ deep: null }], text: 'é', flag: true },
  };
  const expiresAt = '2031-01-31T01:00:00+01:00';
  const { status, body } = await bot('POST', '/v1/keys', { body: { ...given, expiresAt } });
  expect(status).toBe(201);
  expect(body.key).toMatchObject({ ...given, expiresAt: '2031-01-31T00:00:00.000Z' });
  expect(body.secret).toMatch(/^heir_pt_/);
  const soon = await bot('POST', '/v1/keys', { body: { ...given, expiresInSeconds: 3600 } });
  const lifetime = Date.parse(soon.body.key.expiresAt) - Date.parse(soon.body.key.createdAt);
  expect(Math.abs(lifetime - 3_600_000)).toBeLessThan(2000);
  const both = { ...given, expiresAt, expiresInSeconds: 3600 };
  expectProblem(await bot('POST', '/v1/keys', { body: both }), 400, 'invalid_request');
});

test('a user key shows its user and who made it', async () => {
  const { organizationId } = keyward.bootstrap;
  const member = await signInMember(keyward, { organizationId });
  const { key } = await member.within(organizationId).keys.create.mutate({
    kind: 'user',
    name: 'my laptop',
    service: 'short-links',
    permissions: [],
  });
  const { body } = await bot('GET', `/v1/keys/${key.id}`);
  expect(body).toMatchObject({ kind: 'user', user: member.user });
  expect(body.createdBy).toEqual({ type: 'user', id: member.user.id, name: member.user.name });
});

test('DELETE revokes with a receipt, and answers the same on a revoked key', async () => {
  const { key, secret } = await makeKey(keyward, { service: 'merchant', permissions: [] });
  const first = await bot('DELETE', `/v1/keys/${key.id}`);
  expect(first.status).toBe(200);
  expect(changedKey.parse(first.body)).toEqual(first.body);
  expect(Object.keys(first.body).sort()).toEqual(['key', 'receipt']);
  const { receipt } = first.body;
  expect(Object.keys(receipt).sort()).toEqual(['effectiveAt', 'nodes', 'revision', 'waitedMs']);
  expect(receipt).toMatchObject({ nodes: 1 });
  expect(Number.isInteger(receipt.revision) && receipt.revision > 0).toBe(true);
  expect(receipt.effectiveAt).toMatch(/Z$/);
  expect(first.body.key).toMatchObject({ id: key.id, status: 'revoked' });
  expect(first.body.key.revokedAt).toMatch(/Z$/);
  const verified = await bot('POST', '/v1/keys/verify', { body: { key: secret } });
  expect(verified.body).toMatchObject({ valid: false, code: 'REVOKED' });

  const before = await countRowsButUsage(keyward.databaseUrl);
  const again = await bot('DELETE', `/v1/keys/${key.id}`);
  expect(again.status).toBe(200);
  expect(again.body.key).toEqual({ ...first.body.key, usage: again.body.key.usage });
  expect(again.body.receipt.revision).toBeGreaterThanOrEqual(receipt.revision);
  const after = await countRowsButUsage(keyward.databaseUrl);
  expect(after['public.audit_events']).toBe(before['public.audit_events']);
});

test('each call needs its permission, and a key cannot grant what it does not hold', async () => {
  const { key } = await makeKey(keyward, { service: 'merchant' });
  const calls: [permission: string, method: string, path: string, body?: object][] = [
    ['apiKeys:create', 'POST', '/v1/keys', { ...bare, permissions: [], name: 'x' }],
    ['apiKeys:read', 'GET', '/v1/keys'],
    ['apiKeys:read', 'GET', `/v1/keys/${key.id}`],
    ['apiKeys:delete', 'DELETE', `/v1/keys/${key.id}`],
  ];
  const all = ['create', 'read', 'update', 'delete', 'verify'].map((name) => `apiKeys:${name}`);
  for (const [permission, method, path, body] of calls) {
    const call = body === undefined ? {} : { body };
    const others = all.filter((one) => one !== permission);
    const without = contract.client((await makeKey(keyward, { permissions: others })).secret);
    expectProblem(await without(method, path, call), 403, 'insufficient_permissions');
    const holder = contract.client((await makeKey(keyward, { permissions: [permission] })).secret);
    expect((await holder(method, path, call)).status).toBeLessThan(300);
  }
  const maker = contract.client((await makeKey(keyward, { permissions: ['apiKeys:*'] })).secret);
  for (const body of [
    { name: 'x', service: 'keyward', permissions: ['auditLog:read'] },
    { name: 'x', service: 'merchant', permissions: ['products:read'] },
  ]) {
    expectProblem(await maker('POST', '/v1/keys', { body }), 403, 'insufficient_permissions');
  }
});

test('an Idempotency-Key makes one key: the repeat answers the same one without its secret', async () => {
  const headers = { 'Idempotency-Key': uniqueName('intent') };
  const body = { ...bare, name: 'once' };
  const first = await bot('POST', '/v1/keys', { headers, body });
  expect([first.status, typeof first.body.secret]).toEqual([201, 'string']);
  const reordered = { name: 'once', permissions: bare.permissions, service: bare.service };
  for (const same of [body, reordered]) {
    const again = await bot('POST', '/v1/keys', { headers, body: same });
    expect(again.status).toBe(201);
    expect(again.body).toEqual({ key: first.body.key, secret: null });
  }
  const other = await bot('POST', '/v1/keys', { headers, body: { ...body, name: 'twice' } });
  expectProblem(other, 422, 'idempotency_mismatch');
});

test('parallel calls with one Idempotency-Key make one key and show its secret once', async () => {
  const headers = { 'Idempotency-Key': uniqueName('intent') };
  const call = { headers, body: { ...bare, name: uniqueName('parallel') } };
  const send = () => bot('POST', '/v1/keys', call);
  const answers = await Promise.all(Array.from({ length: 12 }, send));
  for (const answer of answers.filter(({ status }) => status !== 201)) {
    expectProblem(answer, 409, 'idempotency_in_progress');
  }
  const made = answers.filter(({ status }) => status === 201);
  expect(new Set(made.map(({ body }) => body.key.id)).size).toBe(1);
  expect(made.filter(({ body }) => body.secret !== null).length).toBe(1);
  const found = await bot('GET', `/v1/keys?q=${call.body.name}`);
  expect(found.body.data.length).toBe(1);
});

test('an Idempotency-Key that cannot be kept is refused', async () => {
  const body = JSON.stringify({ ...bare, name: 'never' });
  for (const values of [[''], ['x'.repeat(256)], ['one', 'two']]) {
    const answer = await sendRaw(keyward.url, {
      method: 'POST',
      path: '/v1/keys',
      headers: [
        ['Authorization', `Bearer ${keyward.bootstrap.secret}`],
        ['Content-Type', 'application/json'],
        ...values.map((value) => ['Idempotency-Key', value] as const),
      ],
      body,
    });
    expectProblem(answer, 400, 'invalid_request');
  }
});
