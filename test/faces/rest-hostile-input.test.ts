import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { readContract } from '../support/contract.ts';
import { countRowsButUsage } from '../support/database-contents.ts';
import { expectProblem } from '../support/expect-problem.ts';
import { sendRaw } from '../support/raw-request.ts';
import type { RestAnswer, RestClient } from '../support/rest-client.ts';
import { putPresets } from '../support/tenants.ts';
import { startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';

let keyward: TestKeyward;
let bot: RestClient;
beforeAll(async () => {
  keyward = await startTestKeyward();
  await putPresets(keyward, 'merchant');
  bot = (await readContract(keyward.url)).client(keyward.bootstrap.secret);
});
afterAll(() => keyward[Symbol.asyncDispose]());

const rows = () => countRowsButUsage(keyward.databaseUrl);

let before: Record<string, number>;
beforeEach(async () => {
  before = await rows();
});

const newKey = { name: 'never made', service: 'merchant', permissions: [] };

/** Sends JSON as it is written, for names that an object literal cannot hold. */
const post = (path: string, text: string): Promise<RestAnswer> =>
  sendRaw(keyward.url, {
    method: path.startsWith('/v1/services') ? 'PUT' : 'POST',
    path,
    headers: [
      ['Authorization', `Bearer ${keyward.bootstrap.secret}`],
      ['Content-Type', 'application/json'],
    ],
    body: text,
  });

const pathsOf = ({ body }: RestAnswer) => body.errors.map((error: { path: string }) => error.path);

test('24: fields that are not in the contract are refused by name, and nothing is written', async () => {
  for (const extra of [
    'organizationId',
    'role',
    'kind',
    'userId',
    'id',
    'allOrganizations',
    'createdBy',
    'status',
    'secret',
    'secretHash',
    'isOperator',
    'constructor',
    'toString',
    'hasOwnProperty',
    'prototype',
  ]) {
    const made = await bot('POST', '/v1/keys', { body: { ...newKey, [extra]: 'x' } });
    expectProblem(made, 400, 'invalid_request');
    expect(pathsOf(made)).toEqual([extra]);
    const verified = await bot('POST', '/v1/keys/verify', { body: { key: 'x', [extra]: 'x' } });
    expectProblem(verified, 400, 'invalid_request');
    expect(pathsOf(verified)).toEqual([extra]);
    const put = await bot('PUT', '/v1/services/merchant', {
      body: { preset: 'merchant', [extra]: 'x' },
    });
    expectProblem(put, 400, 'invalid_request');
    expect(pathsOf(put)).toContain(extra);
  }
  expect(await rows()).toEqual(before);
});

test('24: extra fields in nested objects are refused by their path', async () => {
  const answer = await bot('POST', '/v1/keys', {
    body: { ...newKey, rateLimit: { limit: 1, windowSeconds: 1, burst: 9 } },
  });
  expectProblem(answer, 400, 'invalid_request');
  expect(pathsOf(answer)).toEqual(['rateLimit.burst']);
});

test('24: __proto__ is refused as any unknown field, and changes nothing', async () => {
  const evil = '"__proto__":{"isOperator":true,"kind":"user","explain":true}';
  for (const [path, body] of [
    ['/v1/keys', `{"name":"x","service":"merchant","permissions":[],${evil}}`],
    ['/v1/keys/verify', `{"key":"x",${evil}}`],
    ['/v1/services/merchant', `{"preset":"merchant",${evil}}`],
    [
      '/v1/keys',
      `{"name":"x","service":"merchant","permissions":[],"rateLimit":{"limit":1,"windowSeconds":1,${evil}}}`,
    ],
  ] as const) {
    expectProblem(await post(path, body), 400, 'invalid_request');
  }
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect(await rows()).toEqual(before);
});

test('__proto__ in metadata is refused at every depth', async () => {
  for (const metadata of [
    '{"__proto__":{"a":1}}',
    '{"a":{"__proto__":{"a":1}}}',
    '{"a":[{"__proto__":1}]}',
  ]) {
    const body = `{"name":"x","service":"merchant","permissions":[],"metadata":${metadata}}`;
    expectProblem(await post('/v1/keys', body), 400, 'invalid_request');
  }
  expect(await rows()).toEqual(before);
});

test('the names constructor and prototype are plain data in metadata', async () => {
  const metadata = { constructor: { prototype: { a: 1 } }, toString: 'x', hasOwnProperty: null };
  const made = await bot('POST', '/v1/keys', { body: { ...newKey, metadata } });
  expect(made.status).toBe(201);
  expect(made.body.key.metadata).toEqual(metadata);
});

const hostileTexts: [what: string, text: string][] = [
  ['NUL', 'a\\u0000b'],
  ['a lone high surrogate', 'a\\ud800b'],
  ['a lone low surrogate', 'a\\udc00b'],
  ['CRLF', 'a\\r\\nSet-Cookie: x=1'],
  ['a line feed', 'a\\nb'],
  ['a tab', 'a\\tb'],
  ['DEL', 'a\\u007fb'],
  ['a C1 control', 'a\\u0085b'],
  ['a right-to-left override', 'a\\u202eb'],
  ['a left-to-right embedding', 'a\\u202ab'],
  ['an isolate', 'a\\u2066b'],
  ['a right-to-left mark', 'a\\u200fb'],
  ['nothing but blanks', '   '],
  ['nothing', ''],
];

test.each(hostileTexts)('23: %s is refused in names and external ids', async (_, text) => {
  for (const field of ['name', 'externalId']) {
    const rest = field === 'name' ? '' : '"name":"x",';
    const body = `{${rest}"service":"merchant","permissions":[],"${field}":"${text}"}`;
    const answer = await post('/v1/keys', body);
    expectProblem(answer, 400, 'invalid_request');
    expect(pathsOf(answer)).toEqual([field]);
  }
  expect(await rows()).toEqual(before);
});

test('23: NUL and lone surrogates are refused in metadata, names and values', async () => {
  for (const text of ['\\u0000', '\\ud800', 'x\\udfff']) {
    for (const metadata of [`{"a":"${text}"}`, `{"${text}":1}`, `{"a":[{"b":"${text}"}]}`]) {
      const body = `{"name":"x","service":"merchant","permissions":[],"metadata":${metadata}}`;
      expectProblem(await post('/v1/keys', body), 400, 'invalid_request');
    }
  }
  expect(await rows()).toEqual(before);
});

test('text of every script, emoji and markup is kept as it was sent', async () => {
  for (const name of [
    'Zoë 日本 ключ',
    '👩‍👩‍👧',
    '<script>alert(1)</script>',
    '=1+1',
    "'; drop table keys;--",
  ]) {
    const made = await bot('POST', '/v1/keys', { body: { ...newKey, name, externalId: name } });
    expect(made.status, made.text).toBe(201);
    const read = await bot('GET', `/v1/keys/${made.body.key.id}`);
    expect(read.body).toMatchObject({ name, externalId: name });
  }
});

test('what a new key may not be is 400 by field, and writes nothing', async () => {
  const refused: [change: object, path: string][] = [
    [{ name: 'x'.repeat(101) }, 'name'],
    [{ service: 'nothing' }, 'service'],
    [{ permissions: ['links:read'] }, 'permissions'],
    [{ permissions: 'products:read' }, 'permissions'],
    [{ permissions: Array.from({ length: 201 }, (_, index) => `a:b${index}`) }, 'permissions'],
    [{ tier: 'gold' }, 'tier'],
    [{ environment: 'production' }, 'environment'],
    [{ rateLimit: { limit: 0, windowSeconds: 1 } }, 'rateLimit.limit'],
    [{ rateLimit: { limit: 1, windowSeconds: 1e9 } }, 'rateLimit.windowSeconds'],
    [{ ipAllowlist: ['203.0.113.0/33'] }, 'ipAllowlist.0'],
    [{ ipAllowlist: ['example.com'] }, 'ipAllowlist.0'],
    [{ expiresAt: '2020-01-01T00:00:00Z' }, 'expiresAt'],
    [{ expiresAt: 'tomorrow' }, 'expiresAt'],
    [{ expiresAt: '2031-02-30T00:00:00Z' }, 'expiresAt'],
    [{ expiresInSeconds: 0 }, 'expiresInSeconds'],
    [{ expiresInSeconds: 1e300 }, 'expiresInSeconds'],
    [{ metadata: { a: 'x'.repeat(5000) } }, 'metadata'],
    [{ metadata: [] }, 'metadata'],
  ];
  for (const [change, path] of refused) {
    const answer = await bot('POST', '/v1/keys', { body: { ...newKey, ...change } });
    expectProblem(answer, 400, 'invalid_request');
    expect([...new Set(pathsOf(answer))]).toEqual([path]);
  }
  expect(await rows()).toEqual(before);
});

test('a time at the very end of the calendar is refused or kept, never a failure', async () => {
  for (const expiresAt of ['9999-12-31T23:59:59Z', '9999-12-31T23:59:59-14:00']) {
    const answer = await bot('POST', '/v1/keys', { body: { ...newKey, expiresAt } });
    expect([201, 400], answer.text).toContain(answer.status);
  }
});

test('numbers beyond what JSON can say exactly are refused', async () => {
  for (const number of ['1e400', '-1e400', '9007199254740993', '1.0000001', '-0.5']) {
    const body = `{"key":"x","cost":${number}}`;
    expectProblem(await post('/v1/keys/verify', body), 400, 'invalid_request');
  }
});

test('a body is read alike, whether or not its type is written as most callers write it', async () => {
  const question = JSON.stringify({ key: keyward.bootstrap.secret });
  for (const [body, status] of [
    [question, 200],
    [`\ufeff${question}`, 200],
    ['', 400],
    ['   ', 400],
    ['{"key":', 400],
    ['"text"', 400],
    ['null', 400],
  ] as const) {
    const answers = await Promise.all(
      ['application/json', 'application/json;charset=utf-8'].map((type) =>
        sendRaw(keyward.url, {
          method: 'POST',
          path: '/v1/keys/verify',
          headers: [
            ['Authorization', `Bearer ${keyward.bootstrap.secret}`],
            ['Content-Type', type],
          ],
          body,
        }),
      ),
    );
    const told = answers.map((answer) => [answer.status, answer.body.code, answer.body.detail]);
    expect(told[0], body).toEqual(told[1]);
    expect(told[0]?.[0], body).toBe(status);
  }
});
