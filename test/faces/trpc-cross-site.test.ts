import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { consoleClient } from '../support/console-client.ts';
import { countRowsButUsage } from '../support/database-contents.ts';
import { sendRaw } from '../support/raw-request.ts';
import type { RestAnswer } from '../support/rest-client.ts';
import { operatorPassword, startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';

let keyward: TestKeyward;
let cookie: string;
beforeAll(async () => {
  keyward = await startTestKeyward();
  const browser = consoleClient(keyward.url);
  const { email } = keyward.bootstrap;
  await browser.trpc.account.signIn.mutate({ email, password: operatorPassword });
  cookie = browser.cookies();
});
afterAll(() => keyward[Symbol.asyncDispose]());

type Headers = Record<string, string | undefined>;

// All that a good call of the console carries; each test takes one thing away or spoils it.
const good = (): Headers => ({
  'Content-Type': 'application/json',
  'Sec-Fetch-Site': 'same-origin',
  'X-Keyward-Client': 'console',
  Cookie: cookie,
});

const send = (headers: Headers, { method = 'POST', path = '', body = '{"name":"Forged"}' } = {}) =>
  sendRaw(keyward.url, {
    method,
    path: `/trpc/organizations.create${path}`,
    headers: Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as const],
    ),
    ...(method === 'POST' && { body }),
  });

async function expectRefused(send: () => Promise<RestAnswer>, ...statuses: number[]) {
  const before = await countRowsButUsage(keyward.databaseUrl);
  const answer = await send();
  expect(statuses, answer.text).toContain(answer.status);
  expect(await countRowsButUsage(keyward.databaseUrl)).toEqual(before);
  expect(answer.headers.getSetCookie()).toEqual([]);
  return JSON.parse(answer.text).error?.data?.keyward?.code;
}

test('the console’s own call works', async () => {
  const answer = await send(good(), { body: '{"name":"Made by the console"}' });
  expect(answer.status, answer.text).toBe(200);
});

test.each([
  'text/plain',
  'text/plain;application/json',
  'multipart/form-data; boundary=x',
  'application/octet-stream',
  'application/x-www-form-urlencoded',
  'application/jsonp',
  undefined,
])('a body sent as %s is refused with a good session', async (type) => {
  const code = await expectRefused(() => send({ ...good(), 'Content-Type': type }), 415, 403);
  expect(['unsupported_media_type', 'cross_site_request']).toContain(code);
});

test('a call without X-Keyward-Client is refused', async () => {
  for (const fetchSite of ['same-origin', undefined]) {
    const headers = { ...good(), 'X-Keyward-Client': undefined, 'Sec-Fetch-Site': fetchSite };
    const code = await expectRefused(() => send({ ...headers, Origin: keyward.url }), 403);
    expect(code).toBe('cross_site_request');
  }
});

test.each(['same-site', 'cross-site', 'none', '', 'same-origin, cross-site'])(
  'a call with Sec-Fetch-Site %j is refused, whatever its Origin says',
  async (site) => {
    for (const origin of [undefined, keyward.url]) {
      const headers = { ...good(), 'Sec-Fetch-Site': site, Origin: origin };
      expect(await expectRefused(() => send(headers), 403)).toBe('cross_site_request');
    }
  },
);

test('without Sec-Fetch-Site our own Origin works', async () => {
  const headers = { ...good(), 'Sec-Fetch-Site': undefined, Origin: keyward.url };
  const answer = await send(headers, { body: '{"name":"Made by an older browser"}' });
  expect(answer.status, answer.text).toBe(200);
});

test('19: without Sec-Fetch-Site a foreign Origin, or none, is refused', async () => {
  const { hostname, port } = new URL(keyward.url);
  for (const origin of [
    undefined,
    'null',
    'https://evil.example',
    `http://${hostname}`,
    `https://${hostname}:${port}`,
    `http://${hostname}.evil.example:${port}`,
    `http://localhost:${port}`,
    `${keyward.url}.evil.example`,
    `${keyward.url}/`,
  ]) {
    const headers = { ...good(), 'Sec-Fetch-Site': undefined, Origin: origin };
    expect(await expectRefused(() => send(headers), 403)).toBe('cross_site_request');
  }
});

test('19: a mutation by GET is refused, alone and in a batch', async () => {
  const input = encodeURIComponent(JSON.stringify({ name: 'Made by GET' }));
  const batched = encodeURIComponent(JSON.stringify({ 0: { name: 'Made by GET' } }));
  for (const path of [`?input=${input}`, `?batch=1&input=${batched}`]) {
    await expectRefused(() => send(good(), { method: 'GET', path }), 405, 403);
  }
});

test('a query by GET from another site is refused, and tells nothing', async () => {
  for (const [method, headers] of [
    ['GET', { Cookie: cookie }],
    ['GET', { Cookie: cookie, 'Sec-Fetch-Site': 'cross-site' }],
    ['GET', { Cookie: cookie, 'Sec-Fetch-Site': 'same-origin' }],
  ] as const) {
    const answer = await sendRaw(keyward.url, {
      method,
      path: '/trpc/organizations.list',
      headers: Object.entries(headers),
    });
    expect([method, answer.status]).toEqual([method, 403]);
    expect(answer.text).not.toContain('acme');
  }
});

test('sign-in by another site’s form is refused', async () => {
  const { email } = keyward.bootstrap;
  const body = JSON.stringify({ email, password: operatorPassword });
  for (const headers of [
    { 'Content-Type': 'text/plain', 'Sec-Fetch-Site': 'cross-site' },
    { 'Content-Type': 'application/json', 'Sec-Fetch-Site': 'cross-site' },
    { 'Content-Type': 'application/json', Origin: 'https://evil.example' },
  ]) {
    const answer = await sendRaw(keyward.url, {
      method: 'POST',
      path: '/trpc/account.signIn',
      headers: Object.entries(headers),
      body,
    });
    expect([403, 415]).toContain(answer.status);
    expect(answer.headers.getSetCookie()).toEqual([]);
  }
});

test('no other origin is let in by CORS', async () => {
  for (const path of ['/trpc/organizations.create', '/trpc/organizations.list', '/v1/keys', '/']) {
    for (const method of ['OPTIONS', 'GET']) {
      const answer = await sendRaw(keyward.url, {
        method,
        path,
        headers: [
          ['Origin', 'https://evil.example'],
          ['Access-Control-Request-Method', 'POST'],
          ['Access-Control-Request-Headers', 'x-keyward-client'],
        ],
      });
      const names = [...answer.headers.keys()];
      expect(names.filter((name) => name.startsWith('access-control-allow'))).toEqual([]);
    }
  }
});

test('a key makes a cookie meaningless: its call is the key’s, without cross-site checks', async () => {
  const answer = await sendRaw(keyward.url, {
    method: 'POST',
    path: '/trpc/account.session?batch=1',
    headers: [
      ['Content-Type', 'application/json'],
      ['Cookie', cookie],
      ['Authorization', `Bearer ${keyward.bootstrap.secret}`],
      ['Sec-Fetch-Site', 'cross-site'],
    ],
    body: '{}',
  });
  expect(answer.status).toBe(200);
  expect(answer.body[0].result.data.user).toBeNull();
  expect(answer.headers.getSetCookie()).toEqual([]);
});

test('a body that never ends holds up nobody', async () => {
  const { hostname, port } = new URL(keyward.url);
  const hanging = request({
    hostname,
    port,
    method: 'POST',
    path: '/trpc/organizations.create',
    headers: { ...good(), 'Content-Length': '1000' } as Record<string, string>,
  });
  hanging.on('error', () => {});
  hanging.write('{"name":');
  const answer = await send(good(), { body: '{"name":"Made meanwhile"}' });
  expect(answer.status).toBe(200);
  hanging.destroy();
});
