import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Contract, readContract } from '../support/contract.ts';
import { expectProblem } from '../support/expect-problem.ts';
import { sendRaw } from '../support/raw-request.ts';
import { restClient } from '../support/rest-client.ts';
import { makeKey, putPresets } from '../support/tenants.ts';
import { startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';

let keyward: TestKeyward;
let proxied: TestKeyward;
let contract: Contract;
beforeAll(async () => {
  keyward = await startTestKeyward();
  proxied = await startTestKeyward({ trustedProxies: ['127.0.0.0/8', '10.0.0.0/8'] });
  await putPresets(keyward, 'review-loops', 'merchant');
  await putPresets(proxied, 'merchant');
  contract = await readContract(keyward.url);
});
afterAll(async () => {
  await keyward[Symbol.asyncDispose]();
  await proxied[Symbol.asyncDispose]();
});

const limitedKey = () =>
  makeKey(keyward, {
    service: 'review-loops',
    permissions: ['loops:read'],
    rateLimit: { limit: 3, windowSeconds: 60 },
  });

const ask = (secret: string, query = '') =>
  contract.client(secret)('GET', `/v1/forward-auth?service=review-loops${query}`);

test('every answer of a limited key carries the rate-limit headers, refusals too', async () => {
  const { key, secret } = await limitedKey();
  const remaining = async (query: string, status: number, left: number) => {
    const answer = await ask(secret, query);
    const { headers } = answer;
    expect([query, answer.status]).toEqual([query, status]);
    expect(headers.get('x-ratelimit-limit')).toBe('3');
    expect(headers.get('x-ratelimit-remaining')).toBe(String(left));
    const seconds = Number(headers.get('x-ratelimit-reset')) - Date.now() / 1000;
    expect(seconds).toBeGreaterThan(50);
    expect(seconds).toBeLessThan(70);
    expect(headers.get('ratelimit-policy')).toBe('"default";q=3;w=60');
    expect(headers.get('ratelimit')).toMatch(new RegExp(`^"default";r=${left};t=(5\\d|60)$`));
    return answer;
  };
  await remaining('&cost=0', 200, 3);
  await remaining('&permission=loops:write', 403, 3);
  await remaining('', 200, 2);
  await remaining('&cost=2', 200, 0);
  await remaining('&cost=0', 200, 0);
  const limited = await remaining('', 429, 0);
  expectProblem(limited, 429, 'rate_limited');
  expect(limited.headers.get('retry-after')).toMatch(/^(5\d|60)$/);
  await keyward.change(`update keys set suspended_at = now() where id = '${key.id}'`);
  expectProblem(await remaining('', 401, 0), 401, 'key_suspended');
});

test('deny=403 answers 429 as 403 with the true status, and leaves 401 and 403 as they are', async () => {
  const { key, secret } = await limitedKey();
  expect((await ask(secret, '&cost=3&deny=403')).status).toBe(200);
  const denied = await restClient(keyward.url, secret)(
    'GET',
    '/v1/forward-auth?service=review-loops&deny=403',
  );
  expect(denied.status).toBe(403);
  expect(denied.headers.get('x-keyward-status')).toBe('429');
  expect(denied.headers.get('retry-after')).toMatch(/^[1-9]\d?$/);
  expect(denied.headers.get('x-ratelimit-remaining')).toBe('0');
  expect(denied.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(denied.body).toMatchObject({ code: 'rate_limited' });

  const lacking = await ask(secret, '&deny=403&permission=loops:write');
  expectProblem(lacking, 403, 'insufficient_permissions');
  await keyward.change(`update keys set revoked_at = now() where id = '${key.id}'`);
  const revoked = await ask(secret, '&deny=403');
  expectProblem(revoked, 401, 'key_revoked');
  for (const { headers } of [lacking, revoked]) {
    expect(headers.get('x-keyward-status')).toBeNull();
  }
});

test('a problem behind deny=403 bears the status it was sent with, as RFC 9457 demands', async () => {
  const { secret } = await limitedKey();
  const denied = await restClient(keyward.url, secret)(
    'GET',
    '/v1/forward-auth?service=review-loops&deny=403&cost=4',
  );
  expect(denied.body.status).toBe(denied.status);
});

const allowlist = ['203.0.113.0/24', '2001:db8::/32'];

async function statusBehind(server: TestKeyward, secret: string, ...forwardedFor: string[]) {
  const answer = await sendRaw(server.url, {
    path: '/v1/forward-auth?service=merchant',
    headers: [
      ['X-Hilt-Key', secret],
      ...forwardedFor.map((value) => ['X-Forwarded-For', value] as const),
    ],
  });
  if (answer.status !== 200) expectProblem(answer, 403, 'ip_not_allowed');
  return answer.status;
}

test('13: without trusted proxies X-Forwarded-For is not believed', async () => {
  const { secret } = await makeKey(keyward, {
    service: 'merchant',
    permissions: [],
    ipAllowlist: allowlist,
  });
  expect(await statusBehind(keyward, secret)).toBe(403);
  expect(await statusBehind(keyward, secret, '203.0.113.9')).toBe(403);
  expect(await statusBehind(keyward, secret, '127.0.0.1, 203.0.113.9')).toBe(403);
  const local = await makeKey(keyward, {
    service: 'merchant',
    permissions: [],
    ipAllowlist: ['127.0.0.1'],
  });
  expect(await statusBehind(keyward, local.secret)).toBe(200);
  expect(await statusBehind(keyward, local.secret, '198.51.100.1')).toBe(200);
});

test('13: behind a trusted proxy the client is the last address that no trusted proxy is', async () => {
  const { secret } = await makeKey(proxied, {
    service: 'merchant',
    permissions: [],
    ipAllowlist: allowlist,
  });
  const cases: [status: number, ...forwardedFor: string[]][] = [
    [200, '203.0.113.9'],
    [200, '::ffff:203.0.113.9'],
    [200, '2001:db8::9'],
    [200, '198.51.100.1, 203.0.113.9'],
    [200, '203.0.113.9, 10.1.2.3'],
    [200, '198.51.100.1', '203.0.113.9'],
    [403],
    [403, '198.51.100.1'],
    // What the client itself wrote to the left counts for nothing.
    [403, '203.0.113.9, 198.51.100.1'],
    [403, '203.0.113.9', '198.51.100.1'],
    [403, '203.0.113.9, nonsense'],
    [403, '203.0.113.9,'],
    [403, '3405803785'],
    [403, '0xcb.0.113.9'],
    [403, '::ffff:198.51.100.1'],
    [403, '127.0.0.1, 10.0.0.1'],
  ];
  for (const [status, ...forwardedFor] of cases) {
    const seen = await statusBehind(proxied, secret, ...forwardedFor);
    expect([forwardedFor, seen]).toEqual([forwardedFor, status]);
  }
});

test('the address that was found is the one that the key was last used from', async () => {
  const { key, secret } = await makeKey(proxied, { service: 'merchant', permissions: [] });
  expect(await statusBehind(proxied, secret, '203.0.113.77')).toBe(200);
  const manager = restClient(proxied.url, proxied.bootstrap.secret);
  await expect
    .poll(async () => (await manager('GET', `/v1/keys/${key.id}`)).body.usage.lastUsedIp, {
      timeout: 5000,
    })
    .toBe('203.0.113.77');
});
