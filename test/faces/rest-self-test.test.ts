import { selfTest } from '@keyward/shared/verification';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Contract, readContract } from '../support/contract.ts';
import { countRowsButUsage } from '../support/database-contents.ts';
import { expectProblem } from '../support/expect-problem.ts';
import { sendRaw } from '../support/raw-request.ts';
import type { RestAnswer } from '../support/rest-client.ts';
import { makeKey, putPresets, signInMember } from '../support/tenants.ts';
import { startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';

let keyward: TestKeyward;
let contract: Contract;
beforeAll(async () => {
  keyward = await startTestKeyward();
  await putPresets(keyward, 'merchant', 'review-loops', 'short-links');
  contract = await readContract(keyward.url);
});
afterAll(() => keyward[Symbol.asyncDispose]());

const testBy = (headers: Record<string, string>): Promise<RestAnswer> =>
  contract.client(null)('GET', '/v1/test', { headers });

test('a key reads about itself: the verification and its usage, and no gates', async () => {
  const { key, secret } = await makeKey(keyward, {
    service: 'merchant',
    permissions: ['products:read'],
    externalId: 'customer 7',
  });
  const used = await contract.client(secret)('GET', '/v1/services');
  expect(used.status).toBe(200);
  const usage = async () => (await testBy({ Authorization: `Bearer ${secret}` })).body.usage;
  await expect.poll(async () => (await usage()).totalRequests, { timeout: 5000 }).toBe(1);
  const { status, body, headers } = await testBy({ Authorization: `Bearer ${secret}` });
  expect(status).toBe(200);
  expect(selfTest.parse(body)).toEqual(body);
  expect(body).toEqual({
    valid: true,
    code: 'VALID',
    requestId: headers.get('x-request-id'),
    key: {
      id: key.id,
      name: key.name,
      kind: 'bot',
      environment: 'live',
      tier: 'default',
      start: 'hk_live_',
      last4: secret.slice(-4),
      expiresAt: null,
      externalId: 'customer 7',
      metadata: {},
    },
    organization: {
      id: keyward.bootstrap.organizationId,
      slug: expect.any(String),
      name: expect.any(String),
    },
    user: null,
    service: 'merchant',
    permissions: ['products:read'],
    rateLimit: null,
    usage: { totalRequests: 1, lastUsedAt: expect.stringMatching(/^\d{4}-.*Z$/) },
  });
  expect([...headers.keys()].filter((name) => /ratelimit|retry/.test(name))).toEqual([]);
});

test('a user key reads its user', async () => {
  const { organizationId } = keyward.bootstrap;
  const member = await signInMember(keyward, { organizationId });
  const { secret } = await member.within(organizationId).keys.create.mutate({
    kind: 'user',
    name: 'my laptop',
    service: 'short-links',
    permissions: [],
  });
  const { body } = await testBy({ 'X-Api-Key': secret ?? '' });
  expect(body.user).toEqual(member.user);
  expect(body.usage).toEqual({ totalRequests: 0, lastUsedAt: null });
});

test('the answer of a limited key carries the rate-limit headers and consumes nothing', async () => {
  const { key, secret } = await makeKey(keyward, { service: 'review-loops', permissions: [] });
  const bySelf = () => testBy({ Authorization: `Bearer ${secret}` });
  await bySelf();
  const before = await countRowsButUsage(keyward.databaseUrl);
  const fresh = await bySelf();
  expect(fresh.body.rateLimit).toEqual({
    limit: 100,
    remaining: 100,
    windowSeconds: 3600,
    resetAt: null,
  });
  expect(fresh.headers.get('x-ratelimit-limit')).toBe('100');
  expect(fresh.headers.get('x-ratelimit-remaining')).toBe('100');
  expect(fresh.headers.get('ratelimit-policy')).toBe('"default";q=100;w=3600');
  expect(fresh.headers.get('ratelimit')).toBe('"default";r=100;t=3600');
  expect(await countRowsButUsage(keyward.databaseUrl)).toEqual(before);

  const verifier = contract.client((await makeKey(keyward)).secret);
  await verifier('POST', '/v1/keys/verify', { body: { key: secret, cost: 100 } });
  await keyward.database.execute(
    `update rate_windows set ends_at = now() + interval '90 seconds' where key_id = '${key.id}'`,
  );
  const spent = await bySelf();
  expect(spent.status, 'a key at its limit may still ask').toBe(200);
  expect(spent.body).toMatchObject({ valid: true, rateLimit: { remaining: 0 } });
  expect(spent.headers.get('x-ratelimit-remaining')).toBe('0');
  const reset = Number(spent.headers.get('x-ratelimit-reset'));
  expect(reset).toBe(Math.ceil(Date.parse(spent.body.rateLimit.resetAt) / 1000));
  expect(spent.headers.get('ratelimit')).toMatch(/^"default";r=0;t=(8\d|90)$/);
  expect(spent.headers.get('retry-after')).toBeNull();
});

test('the key is taken from Authorization, X-Api-Key and the header of its service', async () => {
  const { key, secret } = await makeKey(keyward, { service: 'merchant', permissions: [] });
  for (const headers of [
    { Authorization: `Bearer ${secret}` },
    { authorization: `bearer  ${secret}` },
    { 'X-Api-Key': secret },
    { 'X-Hilt-Key': secret },
  ] as Record<string, string>[]) {
    const { status, body } = await testBy(headers);
    expect(status).toBe(200);
    expect(body.key.id).toBe(key.id);
  }
});

test('a key is not taken from the header of another service', async () => {
  const { secret } = await makeKey(keyward, { service: 'short-links', permissions: [] });
  expect((await testBy({ 'X-Hilt-Key': secret })).status).toBe(401);
});

test('a wrong key in the header of a service is invalid_token, as one in Authorization', async () => {
  const { key, secret } = await makeKey(keyward, { service: 'merchant', permissions: [] });
  await keyward.change(`update keys set revoked_at = now() where id = '${key.id}'`);
  expectProblem(await testBy({ Authorization: `Bearer ${secret}` }), 401, 'key_revoked');
  expectProblem(await testBy({ Authorization: 'Bearer nothing' }), 401, 'invalid_key');
  expectProblem(await testBy({}), 401, 'missing_key');
  expectProblem(await testBy({ 'X-Hilt-Key': secret }), 401, 'key_revoked');
});

test('two keys in two headers are ambiguous, the header of a service among them', async () => {
  const { secret } = await makeKey(keyward, { service: 'merchant', permissions: [] });
  for (const headers of [
    { Authorization: `Bearer ${secret}`, 'X-Hilt-Key': secret },
    { 'X-Api-Key': secret, 'X-Hilt-Key': secret },
    { Authorization: `Bearer ${secret}`, 'X-Api-Key': secret },
  ] as Record<string, string>[]) {
    expectProblem(await testBy(headers), 400, 'ambiguous_credentials');
  }
  const twice = await sendRaw(keyward.url, {
    path: '/v1/test',
    headers: [
      ['X-Hilt-Key', secret],
      ['x-hilt-key', secret],
    ],
  });
  expectProblem(twice, 400, 'ambiguous_credentials');
});

test('HEAD answers as GET does, without the body', async () => {
  const { secret } = await makeKey(keyward, { service: 'review-loops', permissions: [] });
  const answer = await sendRaw(keyward.url, {
    method: 'HEAD',
    path: '/v1/test',
    headers: [['X-Api-Key', secret]],
  });
  expect([answer.status, answer.text]).toEqual([200, '']);
  expect(answer.headers.get('x-ratelimit-remaining')).toBe('100');
  expect(answer.headers.get('cache-control')).toBe('no-store');
});
