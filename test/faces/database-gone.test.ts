import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectProblem } from '../support/expect-problem.ts';
import { type FaultyNode, startFaultyNode } from '../support/faulty-node.ts';
import { type RestAnswer, restClient } from '../support/rest-client.ts';
import { type MadeKey, makeKey, putPresets } from '../support/tenants.ts';
import { startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';
import { callTrpc, consoleHeaders } from '../support/trpc-call.ts';

// The lease of a node and a margin: nobody who asks should wait longer for a refusal.
const boundMilliseconds = 5000;
const patience = { timeout: 15_000, interval: 50 };

let keyward: TestKeyward;
let node: FaultyNode;
let merchant: MadeKey;
let limited: MadeKey;
let revoked: MadeKey;
beforeAll(async () => {
  keyward = await startTestKeyward();
  await putPresets(keyward, 'merchant', 'review-loops');
  node = await startFaultyNode(keyward.databaseUrl);
  merchant = await makeKey(keyward, { service: 'merchant', permissions: [] });
  limited = await makeKey(keyward, { service: 'review-loops', permissions: [] });
  revoked = await makeKey(keyward, { service: 'merchant', permissions: [] });
});
afterAll(async () => {
  await node[Symbol.asyncDispose]();
  await keyward[Symbol.asyncDispose]();
});

const verify = ({ secret }: MadeKey = merchant) =>
  restClient(node.url, keyward.bootstrap.secret)('POST', '/v1/keys/verify', {
    body: { key: secret },
  });
const forwarded = (query: string, { secret }: MadeKey = merchant) =>
  restClient(node.url, secret)('GET', `/v1/forward-auth?${query}`);
const statusOf = async (path: string) => (await restClient(node.url, null)('GET', path)).status;

/** Rejects what has not been answered in time. */
async function inTime<T>(answer: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const late = () => reject(new Error(`No answer within ${boundMilliseconds} ms.`));
  const timer = setTimeout(late, boundMilliseconds);
  return Promise.race([answer, promise]).finally(() => clearTimeout(timer));
}

function expectUnavailable(answer: RestAnswer): void {
  expectProblem(answer, 503, 'authority_unavailable');
  expect(answer.text).not.toMatch(/ECONN|postgres|keyward_test|select /i);
}

describe('while the database is gone', () => {
  beforeAll(async () => {
    for (const key of [merchant, limited, revoked]) {
      expect((await verify(key)).body.valid).toBe(true);
    }
    expect((await forwarded('service=merchant')).status).toBe(200);
    node.proxy.set('cut');
    const path = `/v1/keys/${revoked.key.id}`;
    const answer = await restClient(keyward.url, keyward.bootstrap.secret)('DELETE', path);
    expect(answer.status).toBe(200);
  });

  test('no key is judged, good or revoked: 503 with Retry-After, and never 200', async () => {
    for (let round = 0; round < 3; round += 1) {
      const asked = [
        verify(),
        verify(limited),
        verify(revoked),
        forwarded('service=merchant'),
        forwarded('service=review-loops', limited),
        restClient(node.url, merchant.secret)('GET', '/v1/test'),
        restClient(node.url, keyward.bootstrap.secret)('GET', '/v1/keys'),
      ];
      for (const answer of await Promise.all(asked.map(inTime))) expectUnavailable(answer);
    }
  });

  test('the node is not ready once its lease has ended, and is still alive', async () => {
    const ready = () => statusOf('/readyz');
    await expect.poll(ready, { timeout: 6000, interval: 50 }).toBe(503);
    expect(await statusOf('/healthz')).toBe(200);
  });

  test('a gateway that asked for deny=403 gets 403 with the true status', async () => {
    const answer = await inTime(forwarded('service=merchant&deny=403'));
    expect(answer.status).toBe(403);
    expect(answer.headers.get('x-keyward-status')).toBe('503');
    expect(answer.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
    expect(answer.headers.get('x-keyward-key-id')).toBeNull();
    expect(answer.body).toMatchObject({ code: 'authority_unavailable' });
  });

  test.each(['key', 'session'])(
    'tRPC by a %s is 503 and says nothing of the inside',
    async (by) => {
      const headers: Record<string, string> =
        by === 'key'
          ? { Authorization: `Bearer ${keyward.bootstrap.secret}` }
          : { ...consoleHeaders, Cookie: `keyward_session=${'a'.repeat(40)}` };
      const answer = await inTime(callTrpc(node.url, 'organizations.list', null, headers));
      expect(answer.status, answer.text).toBe(503);
      expect(answer.body.error.data.keyward).toMatchObject({ code: 'authority_unavailable' });
      expect(answer.text).not.toMatch(/ECONN|postgres|keyward_test|select /i);
    },
  );

  test('the other node goes on', async () => {
    const other = restClient(keyward.url, merchant.secret);
    expect((await other('GET', '/v1/test')).status).toBe(200);
  });

  test('when it returns the node heals in time by itself, and a key revoked meanwhile stays refused', async () => {
    const startedAt = performance.now();
    node.proxy.set('pass');
    const code = async () => (await inTime(verify(revoked)).catch(() => null))?.body.code;
    await expect.poll(code, patience).toBe('REVOKED');
    await expect.poll(() => statusOf('/readyz'), patience).toBe(200);
    expect((await inTime(verify())).body.code).toBe('VALID');
    expect(performance.now() - startedAt).toBeLessThan(boundMilliseconds);
  });
});

test('a slow database makes answers late, not wrong, and those from memory not even late', async () => {
  await using slow = await startFaultyNode(keyward.databaseUrl);
  const cold = await makeKey(keyward, { service: 'merchant', permissions: [] });
  const ask = (key: string) =>
    restClient(slow.url, keyward.bootstrap.secret)('POST', '/v1/keys/verify', { body: { key } });
  await ask(merchant.secret);
  slow.proxy.set('delay', 60);
  const startedAt = performance.now();
  const remembered = await ask(merchant.secret);
  expect(performance.now() - startedAt).toBeLessThan(60);
  const read = await ask(cold.secret);
  expect(performance.now() - startedAt).toBeGreaterThan(100);
  expect([remembered.body.code, read.body.code]).toEqual(['VALID', 'VALID']);
});

test('30: a database that hangs rather than refuses: verdicts from memory until the lease ends, then 503 in time', async () => {
  await using hanging = await startFaultyNode(keyward.databaseUrl);
  const ask = () =>
    restClient(hanging.url, keyward.bootstrap.secret)('POST', '/v1/keys/verify', {
      body: { key: merchant.secret },
    });
  expect((await ask()).body.valid).toBe(true);
  const hangsSince = performance.now();
  hanging.proxy.set('black-hole');
  expect((await inTime(ask())).body.valid).toBe(true);
  const until = async () => (await inTime(ask())).status;
  await expect.poll(until, patience).toBe(503);
  expect(performance.now() - hangsSince).toBeLessThan(3000 + boundMilliseconds);
  expectUnavailable(await inTime(ask()));
  hanging.proxy.set('cut');
  hanging.proxy.set('pass');
  await expect.poll(async () => (await ask()).status, patience).toBe(200);
});
