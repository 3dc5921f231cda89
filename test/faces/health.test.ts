import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectProblem } from '../support/expect-problem.ts';
import { sendRaw } from '../support/raw-request.ts';
import { restClient } from '../support/rest-client.ts';
import { makeKey } from '../support/tenants.ts';
import { startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';

let keyward: TestKeyward;
beforeAll(async () => {
  keyward = await startTestKeyward();
});
afterAll(() => keyward[Symbol.asyncDispose]());

const get = (path: string) => restClient(keyward.url, null)('GET', path);
const patience = { timeout: 6000, interval: 50 };

test('a node that holds its lease is ready, and one that lives is healthy', async () => {
  expect(await get('/readyz')).toMatchObject({ status: 200, body: { status: 'ready' } });
  expect(await get('/healthz')).toMatchObject({ status: 200, body: { status: 'ok' } });
});

test('a node that has lost its lease says so, and is ready again by itself', async () => {
  await keyward.database.execute('alter table authority_nodes rename to authority_nodes_away');
  await expect.poll(async () => (await get('/readyz')).status, patience).toBe(503);
  const lost = await get('/readyz');
  expect((await get('/healthz')).status).toBe(200);
  await keyward.database.execute('alter table authority_nodes_away rename to authority_nodes');
  await expect.poll(async () => (await get('/readyz')).status, patience).toBe(200);
  expectProblem(lost, 503, 'authority_unavailable');
  expect(lost.body.type).toBe(`${keyward.url}/errors/authority_unavailable`);
});

const consoleIsBuilt = existsSync(
  fileURLToPath(new URL('../../web/dist/index.html', import.meta.url)),
);

test.each(['/', '/keys', '/keys/key_x/secrets', '/sign-in?next=/keys'])(
  'the console page %s carries its security headers',
  async (path) => {
    const { status, headers } = await sendRaw(keyward.url, { path, headers: [['Accept', '*/*']] });
    expect(status).toBe(consoleIsBuilt ? 200 : 503);
    const policy = new Map(
      (headers.get('content-security-policy') ?? '').split(';').map((directive) => {
        const [name = '', ...sources] = directive.trim().split(/ +/);
        return [name, sources] as const;
      }),
    );
    expect(policy.get('frame-ancestors')).toEqual(["'none'"]);
    expect(policy.get('object-src')).toEqual(["'none'"]);
    expect(policy.get('base-uri')).toEqual(["'none'"]);
    expect(policy.get('default-src')).toEqual(["'self'"]);
    expect(policy.get('script-src')).toEqual(["'self'"]);
    expect(policy.get('script-src-attr')).toEqual(["'none'"]);
    expect(policy.get('script-src-elem')).toBeUndefined();
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('cache-control')).not.toMatch(/immutable|public/);
    // On plain http it would lock a browser out of the instance.
    expect(headers.get('strict-transport-security')).toBeNull();
  },
);

test('the console’s page has no script within it', async () => {
  const { text } = await get('/');
  for (const [, attributes = '', content = ''] of text.matchAll(/<script([^>]*)>([^<]*)/g)) {
    expect(attributes).toMatch(/\bsrc="/);
    expect(content.trim()).toBe('');
  }
  expect(text).not.toMatch(/\son\w+=|javascript:/);
});

test('a file of the console that is not there is 404, and never the page', async () => {
  for (const path of ['/assets/nothing.js', '/assets/', '/assets/..%2findex.html', '/assets/%00']) {
    const answer = await sendRaw(keyward.url, { path, headers: [['Accept', 'text/html']] });
    expect([400, 404]).toContain(answer.status);
    expect(answer.text).not.toContain('<html');
    expect(answer.headers.get('cache-control') ?? '').not.toContain('immutable');
  }
  expect((await get('/assets/nothing.js')).status).toBe(404);
});

test('every face says no more of the server than it must', async () => {
  for (const path of ['/', '/v1/keys', '/trpc/keys.list', '/openapi.json', '/errors/not_found']) {
    const { headers } = await get(path);
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('server')).toBeNull();
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-request-id')).toMatch(/^req_[0-9a-z]{26}$/);
  }
});

test('a request id that a client sends is not taken for ours', async () => {
  const { headers } = await restClient(keyward.url, null)('GET', '/v1/keys', {
    headers: { 'X-Request-Id': 'req_forged' },
  });
  expect(headers.get('x-request-id')).toMatch(/^req_[0-9a-z]{26}$/);
});

test('/metrics counts verifications by outcome and says what is held, and no secret', async () => {
  const { key, secret } = await makeKey(keyward);
  const verify = (asked: string) =>
    restClient(keyward.url, keyward.bootstrap.secret)('POST', '/v1/keys/verify', {
      body: { key: asked },
    });
  const read = async () => {
    const answer = await restClient(keyward.url, null)('GET', '/metrics');
    expect(answer.headers.get('content-type')).toContain('text/plain');
    const value = (series: string) =>
      Number(answer.text.match(new RegExp(`^${series} (\\d+)$`, 'm'))?.[1]);
    return { text: answer.text, value };
  };
  const before = await read();
  await verify(secret);
  await verify(secret);
  await verify('hk_live_unknown');
  const after = await read();
  const grown = (series: string) => after.value(series) - before.value(series);
  // Each of the three calls is by a key that is judged too.
  expect(grown('keyward_verifications_total\\{outcome="VALID"\\}')).toBe(5);
  expect(grown('keyward_verifications_total\\{outcome="NOT_FOUND"\\}')).toBe(1);
  expect(grown('keyward_facts_asked_total\\{from="memory"\\}')).toBeGreaterThanOrEqual(3);
  expect(after.value('keyward_leases')).toBe(1);
  expect(after.value('keyward_cached_keys')).toBeGreaterThanOrEqual(2);
  expect(after.value('keyward_authority_revision')).toBeGreaterThan(0);
  expect(after.text).not.toContain(secret);
  expect(after.text).not.toContain(key.id);
});
