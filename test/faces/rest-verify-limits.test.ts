import { gateNames } from '@keyward/shared/verification';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Contract, readContract } from '../support/contract.ts';
import type { RestClient } from '../support/rest-client.ts';
import { makeKey, putPresets } from '../support/tenants.ts';
import { startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';

let keyward: TestKeyward;
let contract: Contract;
let verifier: RestClient;
beforeAll(async () => {
  keyward = await startTestKeyward();
  await putPresets(keyward, 'review-loops', 'merchant');
  contract = await readContract(keyward.url);
  verifier = contract.client((await makeKey(keyward)).secret);
});
afterAll(() => keyward[Symbol.asyncDispose]());

async function verify(body: Record<string, unknown>) {
  const answer = await verifier('POST', '/v1/keys/verify', { body });
  expect(answer.status, answer.text).toBe(200);
  return answer.body;
}

const limitedKey = (limit = 3, windowSeconds = 60) =>
  makeKey(keyward, {
    service: 'review-loops',
    permissions: ['loops:read'],
    rateLimit: { limit, windowSeconds },
  });

test('cost 0 reads the limit: without a window all of it remains and resetAt is null', async () => {
  const { secret } = await limitedKey();
  const untouched = { limit: 3, remaining: 3, windowSeconds: 60, resetAt: null };
  for (let times = 0; times < 2; times += 1) {
    const read = await verify({ key: secret, cost: 0 });
    expect(read).toMatchObject({ valid: true, rateLimit: untouched });
  }
  const before = Date.now();
  const { rateLimit } = await verify({ key: secret });
  expect(rateLimit).toMatchObject({ limit: 3, remaining: 2, windowSeconds: 60 });
  const resetAt = Date.parse(rateLimit.resetAt);
  expect(resetAt).toBeGreaterThan(before + 55_000);
  expect(resetAt).toBeLessThan(before + 70_000);
  expect(rateLimit.resetAt).toMatch(/Z$/);
  expect((await verify({ key: secret, cost: 0 })).rateLimit).toEqual(rateLimit);
});

test('a cost is taken whole or not at all, and RATE_LIMITED consumes nothing', async () => {
  const { secret } = await limitedKey();
  const remaining = async (cost: number) => {
    const { code, rateLimit } = await verify({ key: secret, cost });
    return [code, rateLimit.remaining];
  };
  expect(await remaining(2)).toEqual(['VALID', 1]);
  expect(await remaining(2)).toEqual(['RATE_LIMITED', 1]);
  expect(await remaining(1_000_000)).toEqual(['RATE_LIMITED', 1]);
  expect(await remaining(1)).toEqual(['VALID', 0]);
  expect(await remaining(1)).toEqual(['RATE_LIMITED', 0]);
  expect(await remaining(0)).toEqual(['VALID', 0]);
});

test('a refusal before the limit consumes nothing', async () => {
  const { secret } = await limitedKey();
  await verify({ key: secret });
  const refused = await verify({ key: secret, permissions: ['loops:write'] });
  expect(refused).toMatchObject({ code: 'INSUFFICIENT_PERMISSIONS', rateLimit: { remaining: 2 } });
});

test('a window that has ended opens anew with the next request', async () => {
  const { secret } = await limitedKey(1, 1);
  await verify({ key: secret });
  expect((await verify({ key: secret })).code).toBe('RATE_LIMITED');
  const read = () => verify({ key: secret, cost: 0 });
  // The window's own second has to pass.
  await expect
    .poll(async () => (await read()).rateLimit, { timeout: 5000 })
    .toMatchObject({ remaining: 1, resetAt: null });
  expect(await verify({ key: secret })).toMatchObject({ code: 'VALID', rateLimit: { limit: 1 } });
});

test('a key without a limit answers rateLimit null whatever it costs', async () => {
  const { secret } = await makeKey(keyward, { service: 'merchant', permissions: [] });
  expect(await verify({ key: secret, cost: 1_000_000 })).toMatchObject({
    code: 'VALID',
    rateLimit: null,
  });
});

test('without ip a key with an allowlist is IP_NOT_ALLOWED; with one it is judged', async () => {
  const { secret } = await makeKey(keyward, {
    service: 'merchant',
    permissions: [],
    ipAllowlist: ['203.0.113.0/24', '2001:db8::/32'],
  });
  const codeOf = async (ip?: string) =>
    (await verify(ip === undefined ? { key: secret } : { key: secret, ip })).code;
  expect(await codeOf()).toBe('IP_NOT_ALLOWED');
  expect(await codeOf('203.0.113.9')).toBe('VALID');
  expect(await codeOf('::ffff:203.0.113.9')).toBe('VALID');
  expect(await codeOf('2001:db8::7')).toBe('VALID');
  expect(await codeOf('203.0.114.9')).toBe('IP_NOT_ALLOWED');
  expect(await codeOf('127.0.0.1')).toBe('IP_NOT_ALLOWED');
});

test('explain shows every gate in order, what each saw, and consumes nothing', async () => {
  const { secret } = await limitedKey();
  const explained = await verify({
    key: secret,
    explain: true,
    permissions: ['loops:write'],
    service: 'merchant',
    cost: 4,
  });
  expect(explained).toMatchObject({ valid: false, code: 'WRONG_SERVICE' });
  expect(explained.gates.map((gate: { gate: string }) => gate.gate)).toEqual(gateNames);
  const failed = explained.gates.filter((gate: { passed: boolean }) => !gate.passed);
  expect(failed).toEqual([
    { gate: 'service', passed: false, detail: expect.stringContaining('merchant') },
    { gate: 'permission', passed: false, detail: expect.stringContaining('loops:write') },
    { gate: 'rateLimit', passed: false, detail: expect.stringContaining('4') },
  ]);
  expect(explained.rateLimit).toMatchObject({ remaining: 3, resetAt: null });
  const good = await verify({ key: secret, explain: true, ip: '192.0.2.7' });
  expect(good).toMatchObject({ valid: true, code: 'VALID', rateLimit: { remaining: 3 } });
  expect(good.gates.every((gate: { passed: boolean }) => gate.passed)).toBe(true);
  expect((await verify({ key: secret })).rateLimit.remaining).toBe(2);
  expect(await verify({ key: secret })).not.toHaveProperty('gates');
});

test('explain of an unknown key says so and names nothing', async () => {
  const { gates, ...rest } = await verify({ key: 'hitl_nothing', explain: true });
  expect(rest).toEqual({ valid: false, code: 'NOT_FOUND', requestId: rest.requestId });
  expect(gates).toEqual([{ gate: 'existence', passed: false, detail: expect.any(String) }]);
});

test('parallel calls at a limit of 20 admit exactly 20', async () => {
  const { secret } = await limitedKey(20);
  const answers = await Promise.all(Array.from({ length: 50 }, () => verify({ key: secret })));
  const admitted = answers.filter((answer) => answer.valid);
  expect(admitted.length).toBe(20);
  const left = admitted.map((answer) => answer.rateLimit.remaining).sort((a, b) => a - b);
  expect(left).toEqual(Array.from({ length: 20 }, (_, index) => index));
});
