import { afterAll, beforeAll, expect, test } from 'vitest';
import { consoleClient } from '../support/console-client.ts';
import { type Contract, readContract } from '../support/contract.ts';
import { countRowsButUsage } from '../support/database-contents.ts';
import { expectProblem } from '../support/expect-problem.ts';
import { sendRaw } from '../support/raw-request.ts';
import type { RestAnswer } from '../support/rest-client.ts';
import { makeKey, putPresets } from '../support/tenants.ts';
import { operatorPassword, startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';

let keyward: TestKeyward;
let contract: Contract;
let secret: string;
let other: string;
beforeAll(async () => {
  keyward = await startTestKeyward();
  await putPresets(keyward, 'merchant');
  contract = await readContract(keyward.url);
  ({ secret } = await makeKey(keyward, { permissions: ['apiKeys:*'] }));
  ({ secret: other } = await makeKey(keyward, { permissions: ['apiKeys:*'] }));
});
afterAll(() => keyward[Symbol.asyncDispose]());

const paths = ['/v1/keys', '/v1/services', '/v1/test', '/v1/forward-auth?service=keyward'];

async function sendHeaders(...headers: [name: string, value: string][]): Promise<RestAnswer[]> {
  return Promise.all(paths.map((path) => sendRaw(keyward.url, { path, headers })));
}

test('a key is taken as Bearer and as X-Api-Key, whatever the case of the names', async () => {
  for (const header of [
    ['Authorization', `Bearer ${secret}`],
    ['AUTHORIZATION', `bearer ${secret}`],
    ['X-Api-Key', secret],
    ['x-api-key', secret],
  ] as [string, string][]) {
    for (const answer of await sendHeaders(header)) {
      expect(answer.status, answer.text).toBe(200);
    }
  }
});

test('15: two Authorization headers are ambiguous, in whichever order and even if the same', async () => {
  for (const [first, second] of [
    [secret, other],
    [secret, secret],
    ['nothing', secret],
    [secret, 'nothing'],
  ]) {
    const answers = await sendHeaders(
      ['Authorization', `Bearer ${first}`],
      ['authorization', `Bearer ${second}`],
    );
    for (const answer of answers) {
      expectProblem(answer, 400, 'ambiguous_credentials');
    }
  }
});

test('15: Bearer and X-Api-Key together are ambiguous, and so is X-Api-Key twice', async () => {
  const pairs: [string, string][][] = [
    [
      ['Authorization', `Bearer ${secret}`],
      ['X-Api-Key', secret],
    ],
    [
      ['X-Api-Key', other],
      ['Authorization', `Bearer ${secret}`],
    ],
    [
      ['X-Api-Key', secret],
      ['X-Api-Key', other],
    ],
    [
      ['Authorization', 'Basic dXNlcjpwYXNz'],
      ['X-Api-Key', secret],
    ],
  ];
  for (const pair of pairs) {
    for (const answer of await sendHeaders(...pair)) {
      expectProblem(answer, 400, 'ambiguous_credentials');
    }
  }
});

test('a call without a key is missing_key and speaks of no invalid token', async () => {
  for (const answer of await sendHeaders()) {
    expectProblem(answer, 401, 'missing_key');
  }
});

test('an Authorization that holds no key is missing_key and speaks of no invalid token', async () => {
  for (const value of ['Basic dXNlcjpwYXNz', 'Bearer', secret]) {
    for (const answer of await sendHeaders(['Authorization', value])) {
      expectProblem(answer, 401, 'missing_key');
    }
  }
});

test('a key that is unknown, mistyped or cut is invalid_key with error="invalid_token"', async () => {
  const mistyped = `${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`;
  for (const wrong of ['nothing', mistyped, secret.slice(0, -1), `${secret}x`, 'x'.repeat(5000)]) {
    for (const header of [
      ['Authorization', `Bearer ${wrong}`],
      ['X-Api-Key', wrong],
    ] as [string, string][]) {
      for (const answer of await sendHeaders(header)) {
        expectProblem(answer, 401, 'invalid_key');
      }
    }
  }
});

test('15: a key in a query string is key_in_url by whatever name, and reaches no log', async () => {
  const { secret: leaked } = await makeKey(keyward, { service: 'merchant' });
  const before = await countRowsButUsage(keyward.databaseUrl);
  const names = ['key', 'api_key', 'apiKey', 'api-key', 'apikey', 'x-api-key', 'token']
    .concat(['access_token', 'accessToken', 'secret', 'authorization', 'q', 'permission', 'any'])
    .concat(['KEY', 'cursor', 'service']);
  for (const name of names) {
    for (const path of ['/v1/keys', '/v1/test', '/v1/forward-auth', '/v1/nothing']) {
      for (const call of [contract.client(null), contract.client(secret)]) {
        const answer = await call('GET', `${path}?service=merchant&${name}=${leaked}`);
        expectProblem(answer, 400, 'key_in_url');
        expect(answer.text).not.toContain(leaked);
      }
    }
  }
  const posted = await contract.client(secret)('POST', `/v1/keys/verify?key=${leaked}`, {
    body: { key: leaked },
  });
  expectProblem(posted, 400, 'key_in_url');
  expect(keyward.logs.join('')).not.toContain(leaked);
  expect(await countRowsButUsage(keyward.databaseUrl)).toEqual(before);
});

test('a key that is the name of a query parameter is key_in_url too, and is not echoed', async () => {
  const { secret: leaked } = await makeKey(keyward, { service: 'merchant' });
  for (const path of ['/v1/keys', '/v1/test', '/v1/forward-auth', '/v1/services']) {
    const answer = await contract.client(secret)('GET', `${path}?${leaked}`);
    expect(answer.text).not.toContain(leaked);
    expectProblem(answer, 400, 'key_in_url');
  }
  expect(keyward.logs.join('')).not.toContain(leaked);
});

test('a key in the path opens nothing and reaches no log', async () => {
  const { secret: leaked } = await makeKey(keyward, { service: 'merchant' });
  for (const path of [`/v1/keys/${leaked}`, `/v1/services/${leaked}`, `/v1/${leaked}`]) {
    const answer = await contract.client(null)('GET', path);
    expect(answer.status).toBe(path === `/v1/${leaked}` ? 404 : 401);
    const known = await contract.client(secret)('GET', path);
    expectProblem(known, 404, 'not_found');
    expect(known.text).not.toContain(leaked);
  }
  await fetch(`${keyward.url}/${leaked}`);
  await fetch(`${keyward.url}/trpc/${leaked}`);
  expect(keyward.logs.join('')).not.toContain(leaked);
});

test('a session cookie is never accepted under /v1', async () => {
  const browser = consoleClient(keyward.url);
  await browser.trpc.account.signIn.mutate({
    email: keyward.bootstrap.email,
    password: operatorPassword,
  });
  expect(browser.cookies()).toContain('keyward_session=');
  const asConsole: [string, string][] = [
    ['Cookie', browser.cookies()],
    ['Sec-Fetch-Site', 'same-origin'],
    ['Origin', keyward.url],
    ['X-Keyward-Client', 'console'],
    ['X-Keyward-Organization', keyward.bootstrap.organizationId],
  ];
  for (const answer of await sendHeaders(...asConsole)) {
    expectProblem(answer, 401, 'missing_key');
    expect(answer.headers.getSetCookie()).toEqual([]);
  }
  const [, value = ''] = browser.cookies().split('=');
  for (const answer of await sendHeaders(['Authorization', `Bearer ${value}`])) {
    expectProblem(answer, 401, 'invalid_key');
  }
});
