import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { countRowsButUsage } from '../support/database-contents.ts';
import { expectProblem } from '../support/expect-problem.ts';
import { type RawCall, sendRaw } from '../support/raw-request.ts';
import { restClient } from '../support/rest-client.ts';
import { putPresets } from '../support/tenants.ts';
import { startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';

let keyward: TestKeyward;
let authorization: [string, string];
beforeAll(async () => {
  keyward = await startTestKeyward();
  await putPresets(keyward, 'merchant');
  authorization = ['Authorization', `Bearer ${keyward.bootstrap.secret}`];
});
afterAll(() => keyward[Symbol.asyncDispose]());

const rows = () => countRowsButUsage(keyward.databaseUrl);

let before: Record<string, number>;
beforeEach(async () => {
  before = await rows();
});

/** Every call that takes a body, by the operator's key. */
const bodied = [
  ['POST', '/v1/keys'],
  ['POST', '/v1/keys/verify'],
  ['PUT', '/v1/services/merchant'],
] as const;

const json = ['Content-Type', 'application/json'] as const;

async function sendBody(
  body: RawCall['body'],
  ...headers: (readonly [string, string])[]
): ReturnType<typeof sendEach> {
  return sendEach({ headers, ...(body !== undefined && { body }) });
}

function sendEach(call: Omit<RawCall, 'path' | 'method'>) {
  const headers = [authorization, ...(call.headers ?? [])];
  return Promise.all(
    bodied.map(([method, path]) => sendRaw(keyward.url, { ...call, method, path, headers })),
  );
}

const newKey = { name: 'never made', service: 'merchant', permissions: [] };

test('an unknown path under /v1 is a 404 problem, with a key and without', async () => {
  for (const path of [
    '/v1',
    '/v1/',
    '/v1/nothing',
    '/v1/keys/a/b',
    '/v1/keys/verify/x',
    '/v1/%2e',
  ]) {
    for (const headers of [[], [authorization]]) {
      for (const method of ['GET', 'POST', 'DELETE', 'OPTIONS', 'PROPFIND', 'TRACE']) {
        const answer = await sendRaw(keyward.url, { method, path, headers });
        expectProblem(answer, 404, 'not_found');
      }
    }
  }
});

test('a method that a path does not have is a 404 problem', async () => {
  for (const [method, path] of [
    ['PUT', '/v1/keys'],
    ['DELETE', '/v1/keys'],
    ['OPTIONS', '/v1/keys'],
    ['OPTIONS', '/v1/keys/key_x'],
    ['PUT', '/v1/keys/key_x'],
    ['PUT', '/v1/keys/verify'],
    ['OPTIONS', '/v1/services/merchant'],
    ['DELETE', '/v1/services/merchant'],
    ['POST', '/v1/test'],
    ['DELETE', '/v1/test'],
  ] as const) {
    const answer = await sendRaw(keyward.url, { method, path, headers: [authorization] });
    expectProblem(answer, 404, 'not_found');
  }
});

test('HEAD answers the status and headers of GET, without a body', async () => {
  for (const [path, status] of [
    ['/v1/keys', 200],
    ['/v1/services/merchant', 200],
    ['/v1/services/nothing', 404],
    ['/v1/nothing', 404],
  ] as const) {
    const call = { path, headers: [authorization] };
    const head = await sendRaw(keyward.url, { ...call, method: 'HEAD' });
    const get = await sendRaw(keyward.url, call);
    expect([head.status, head.text, get.status]).toEqual([status, '', status]);
    expect(head.headers.get('content-type')).toBe(get.headers.get('content-type'));
    expect(head.headers.get('cache-control')).toBe('no-store');
  }
});

test('malformed JSON is 400 and writes nothing', async () => {
  for (const body of ['{', '{"name": }', '[1,', "{'a': 1}", 'nothing', '{"a":1}}', '\u0000']) {
    for (const answer of await sendBody(body, json)) {
      expectProblem(answer, 400, 'invalid_request');
    }
  }
  expect(await rows()).toEqual(before);
});

test('JSON that is no object is 400', async () => {
  for (const body of ['null', '[]', '"text"', '7', 'true', '[{"key":"x"}]']) {
    for (const answer of await sendBody(body, json)) {
      expectProblem(answer, 400, 'invalid_request');
    }
  }
});

test('a missing or empty body, and one that is not declared as JSON, are 400', async () => {
  const body = JSON.stringify(newKey);
  const answers = [
    ...(await sendBody(undefined)),
    ...(await sendBody(undefined, json)),
    ...(await sendBody('', json)),
    ...(await sendBody(' ', json)),
    ...(await sendBody(body)),
    ...(await sendBody(body, ['Content-Type', 'text/plain'])),
    ...(await sendBody(body, ['Content-Type', 'multipart/form-data; boundary=x'])),
    ...(await sendBody('key=x', ['Content-Type', 'application/x-www-form-urlencoded'])),
    ...(await sendBody(body, ['Content-Type', 'application/octet-stream'])),
    ...(await sendBody(body, ['Content-Type', 'application/json; charset=latin1'])),
    ...(await sendBody(body, ['Content-Type', ';;;'])),
  ];
  for (const answer of answers) {
    expectProblem(answer, 400, 'invalid_request');
  }
  expect(await rows()).toEqual(before);
});

test('22: a body over 64 KiB is 413, declared or chunked, and one of 64 KiB is read', async () => {
  const padded = (bytes: number) => {
    const bare = JSON.stringify({ ...newKey, tenant: '' });
    return JSON.stringify({ ...newKey, tenant: 'x'.repeat(bytes - bare.length) });
  };
  expect(padded(65_536).length).toBe(65_536);
  for (const answer of await sendBody(padded(65_536), json)) {
    expectProblem(answer, 400, 'invalid_request');
  }
  for (const bytes of [65_537, 10 * 1024 * 1024]) {
    for (const answer of await sendBody(padded(bytes), json)) {
      expectProblem(answer, 413, 'body_too_large');
    }
  }
  const chunked = await fetch(`${keyward.url}/v1/keys`, {
    method: 'POST',
    headers: [json as [string, string], authorization],
    body: new Blob([padded(70_000)]).stream(),
    duplex: 'half',
  } as RequestInit);
  expect(chunked.status).toBe(413);
  expect(await rows()).toEqual(before);
});

test('a compressed body is read as what it was, and measured by it', async () => {
  const gzip = ['Content-Encoding', 'gzip'] as const;
  const made = await sendRaw(keyward.url, {
    method: 'POST',
    path: '/v1/keys/verify',
    headers: [authorization, json, gzip],
    body: gzipSync(JSON.stringify({ key: 'x' })),
  });
  expect([made.status, made.body.code]).toEqual([200, 'NOT_FOUND']);
  const bomb = gzipSync(JSON.stringify({ key: 'x'.repeat(20_000_000) }));
  expect(bomb.length).toBeLessThan(65_536);
  for (const answer of await sendBody(bomb, json, gzip)) {
    expectProblem(answer, 413, 'body_too_large');
  }
  const broken = [
    ...(await sendBody('not compressed', json, gzip)),
    ...(await sendBody(gzipSync('{}').subarray(0, 10), json, gzip)),
    ...(await sendBody('{}', json, ['Content-Encoding', 'nothing'])),
  ];
  for (const answer of broken) {
    expectProblem(answer, 400, 'invalid_request');
  }
});

test('a body that is not UTF-8 is refused rather than mended', async () => {
  const [head, tail] = JSON.stringify({ ...newKey, name: 'a|b' }).split('|');
  for (const broken of [[0xff], [0xc3, 0x28], [0xed, 0xa0, 0x80], [0xc0, 0xaf]]) {
    const body = Buffer.concat([
      Buffer.from(head ?? ''),
      Buffer.from(broken),
      Buffer.from(tail ?? ''),
    ]);
    const answer = await sendRaw(keyward.url, {
      method: 'POST',
      path: '/v1/keys',
      headers: [authorization, json],
      body,
    });
    expectProblem(answer, 400, 'invalid_request');
  }
  expect(await rows()).toEqual(before);
});

test('22: JSON of 100,000 nested arrays is refused', async () => {
  const body = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  for (const answer of await sendBody(body, json)) {
    expectProblem(answer, 413, 'body_too_large');
  }
});

test('JSON as deep as 64 KiB allows is refused, wherever it stands', async () => {
  const deep = `${'['.repeat(30_000)}${']'.repeat(30_000)}`;
  const objects = `${'{"a":'.repeat(9_000)}1${'}'.repeat(9_000)}`;
  for (const nested of [deep, objects]) {
    const inMetadata = JSON.stringify({ ...newKey, metadata: {} }).replace('{}', `{"a":${nested}}`);
    for (const body of [nested, `{"key":${nested}}`, inMetadata]) {
      for (const answer of await sendBody(body, json)) {
        expectProblem(answer, 400, 'invalid_request');
      }
    }
  }
  expect(await rows()).toEqual(before);
});

test('broken percent-encoding and very long ids are refused', async () => {
  const rest = restClient(keyward.url, keyward.bootstrap.secret);
  const broken = ['%', '%zz', '%E0%A4%A', '%ff', '%ed%a0%80'];
  for (const id of broken) {
    const answer = await sendRaw(keyward.url, { path: `/v1/keys/${id}`, headers: [authorization] });
    expectProblem(answer, 400, 'invalid_request');
  }
  for (const id of ['%00', 'key_%00', '..%2f..%2f', `key_${'0'.repeat(25)}%00`, '🔑', "';--"]) {
    expectProblem(await rest('GET', `/v1/keys/${id}`), 404, 'not_found');
    expectProblem(await rest('DELETE', `/v1/keys/${id}`), 404, 'not_found');
  }
  for (const id of ['x'.repeat(65), `key_${'0'.repeat(8000)}`]) {
    for (const method of ['GET', 'DELETE']) {
      const answer = await rest(method, `/v1/keys/${id}`);
      expect([400, 404]).toContain(answer.status);
      expectProblem(answer, answer.status, answer.body.code);
    }
  }
  expect(await rows()).toEqual(before);
});
