import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { countRowsButUsage } from '../support/database-contents.ts';
import { expectProblem } from '../support/expect-problem.ts';
import { restClient } from '../support/rest-client.ts';
import { makeKey, putPresets, type SignedIn, signInMember } from '../support/tenants.ts';
import { startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';
import { callTrpc, consoleHeaders } from '../support/trpc-call.ts';

let keyward: TestKeyward;
let admin: SignedIn;
beforeAll(async () => {
  keyward = await startTestKeyward({ signUp: 'open' });
  await putPresets(keyward, 'merchant');
  const { organizationId } = keyward.bootstrap;
  admin = await signInMember(keyward, { organizationId, role: 'admin' });
  await keyward.database.execute(`create function fail() returns trigger language plpgsql as
    $$ begin raise exception 'the inside of the database'; end $$`);
});
afterAll(() => keyward[Symbol.asyncDispose]());

let linesBefore = 0;
beforeEach(() => {
  linesBefore = keyward.logs.length;
});

/** Makes every write to a table fail until the returned object is disposed of. */
async function failWrites(table: string): Promise<AsyncDisposable> {
  const { database } = keyward;
  await database.execute(
    `create trigger fail before insert or update on ${table} execute function fail()`,
  );
  return {
    [Symbol.asyncDispose]: async () => {
      await database.execute(`drop trigger fail on ${table}`);
    },
  };
}

const rows = () => countRowsButUsage(keyward.databaseUrl);
const loggedSince = () => keyward.logs.slice(linesBefore).join('');
const inside = /the inside of|insert into|drizzle|postgres|node_modules|\bat [^ ]+ \(|key_secrets/i;

const newKey = { name: 'never made', service: 'merchant', permissions: [] };

test('REST answers a problem that says nothing of the inside, and logs it by its request id', async () => {
  const before = await rows();
  await using _ = await failWrites('key_secrets');
  const answer = await restClient(keyward.url, keyward.bootstrap.secret)('POST', '/v1/keys', {
    body: newKey,
  });
  expectProblem(answer, 500, 'internal_error');
  expect(answer.text).not.toMatch(inside);
  expect(loggedSince()).toContain(answer.body.requestId);
  expect(loggedSince()).toContain('the inside of the database');
  expect(await rows()).toEqual(before);
});

test('tRPC answers an error that says nothing of the inside, and logs it by its request id', async () => {
  const before = await rows();
  await using _ = await failWrites('key_secrets');
  const headers = {
    ...consoleHeaders,
    Cookie: admin.cookies(),
    'X-Keyward-Organization': keyward.bootstrap.organizationId,
  };
  const input = { ...newKey, kind: 'bot' };
  const answer = await callTrpc(keyward.url, 'keys.create', input, headers);
  expect(answer.status).toBe(500);
  const { data, message } = answer.body.error;
  expect(data.keyward.code).toBe('internal_error');
  expect(data.keyward.requestId).toBe(answer.headers.get('x-request-id'));
  expect([data.stack, message]).toEqual([undefined, data.keyward.detail]);
  expect(answer.text).not.toMatch(inside);
  expect(loggedSince()).toContain(data.keyward.requestId);
  expect(await rows()).toEqual(before);
});

test('the log of a failure holds no parameter of the statement that failed', async () => {
  const password = 'a password to look for';
  const email = 'look-for-me@example.com';
  await using _ = await failWrites('users');
  const input = { email, name: 'Look For Me', password };
  const answer = await callTrpc(keyward.url, 'account.signUp', input, consoleHeaders);
  expect(answer.status).toBe(500);
  expect(answer.headers.getSetCookie()).toEqual([]);
  expect(loggedSince()).toContain('the inside of the database');
  expect(loggedSince()).not.toContain(password);
  expect(loggedSince()).not.toContain('$argon2');
  expect(loggedSince()).not.toContain(email);
});

test('a session that cannot be kept sets no cookie', async () => {
  await using _ = await failWrites('sessions');
  const { user, password } = admin;
  const input = { email: user.email, password };
  const answer = await callTrpc(keyward.url, 'account.signIn', input, consoleHeaders);
  expect(answer.status).toBe(500);
  expect(answer.headers.getSetCookie()).toEqual([]);
});

test('what cannot be audited does not happen, by either face', async () => {
  const { key, secret } = await makeKey(keyward, { service: 'merchant', permissions: [] });
  const rest = restClient(keyward.url, keyward.bootstrap.secret);
  const before = await rows();
  const failing = await failWrites('audit_events');
  expectProblem(await rest('POST', '/v1/keys', { body: newKey }), 500, 'internal_error');
  expectProblem(await rest('DELETE', `/v1/keys/${key.id}`), 500, 'internal_error');
  const body = { preset: 'contracts' };
  expectProblem(await rest('PUT', '/v1/services/contracts', { body }), 500, 'internal_error');
  const organization = { name: 'Never made' };
  const headers = { Authorization: `Bearer ${keyward.bootstrap.secret}` };
  const made = await callTrpc(keyward.url, 'organizations.create', organization, headers);
  expect(made.status).toBe(500);
  await failing[Symbol.asyncDispose]();
  expect(await rows()).toEqual(before);
  const verified = await rest('POST', '/v1/keys/verify', { body: { key: secret } });
  expect(verified.body).toMatchObject({ valid: true, code: 'VALID' });
});

test('a verification that cannot be counted is answered all the same', async () => {
  const { secret } = await makeKey(keyward, { service: 'merchant', permissions: [] });
  await using _ = await failWrites('key_usage');
  const rest = restClient(keyward.url, keyward.bootstrap.secret);
  const answer = await rest('POST', '/v1/keys/verify', { body: { key: secret } });
  expect([answer.status, answer.body.code]).toEqual([200, 'VALID']);
});
