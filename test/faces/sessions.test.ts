import { afterAll, beforeAll, expect, test } from 'vitest';
import { consoleClient } from '../support/console-client.ts';
import { freePort } from '../support/free-port.ts';
import { restClient } from '../support/rest-client.ts';
import { signInMember } from '../support/tenants.ts';
import { operatorPassword, startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';
import { callTrpc, consoleHeaders } from '../support/trpc-call.ts';

const publicUrl = 'https://keys.example.test';

let keyward: TestKeyward;
let secured: TestKeyward;
/** Where the server behind the public address is reached on this machine. */
let securedUrl: string;
beforeAll(async () => {
  keyward = await startTestKeyward();
  const port = await freePort();
  secured = await startTestKeyward({ publicUrl, port });
  securedUrl = `http://127.0.0.1:${port}`;
});
afterAll(async () => {
  await keyward[Symbol.asyncDispose]();
  await secured[Symbol.asyncDispose]();
});

const credentials = ({ bootstrap }: TestKeyward) => ({
  email: bootstrap.email,
  password: operatorPassword,
});

const signIn = (url: string, input: object, headers: Record<string, string> = {}) =>
  callTrpc(url, 'account.signIn', input, { ...consoleHeaders, ...headers });

async function userOf(url: string, cookie: string): Promise<{ email: string } | null> {
  const headers = { ...consoleHeaders, Cookie: cookie };
  const answer = await callTrpc(url, 'account.session', null, headers);
  expect(answer.status, answer.text).toBe(200);
  return answer.body.result.data.user;
}

/** The first cookie that an answer sets, with its attributes in lower case. */
function cookieOf(headers: Headers) {
  const [cookie = ''] = headers.getSetCookie();
  const [pair = '', ...attributes] = cookie.split(/; */);
  const [name = '', value = ''] = pair.split('=');
  return { pair, name, value, attributes: attributes.map((one) => one.toLowerCase()) };
}

test('over http the cookie is HttpOnly, SameSite=Lax and for the whole site', async () => {
  const answer = await signIn(keyward.url, credentials(keyward));
  expect(answer.headers.getSetCookie().length).toBe(1);
  const { name, value, attributes } = cookieOf(answer.headers);
  expect(name).toBe('keyward_session');
  expect(value).toMatch(/^[a-z0-9]{32,}$/);
  expect(attributes).toEqual(expect.arrayContaining(['httponly', 'samesite=lax', 'path=/']));
  expect(attributes.filter((one) => /^(domain|secure)/.test(one))).toEqual([]);
  expect(attributes.some((one) => /^(max-age|expires)=/.test(one))).toBe(true);
});

test('over https the cookie is Secure too, and pinned to the host by its name', async () => {
  const answer = await signIn(securedUrl, credentials(secured));
  const { pair, name, attributes } = cookieOf(answer.headers);
  expect(name).toBe('__Host-keyward_session');
  expect(attributes).toEqual(
    expect.arrayContaining(['secure', 'httponly', 'samesite=lax', 'path=/']),
  );
  expect(attributes.filter((one) => one.startsWith('domain'))).toEqual([]);
  expect(await userOf(securedUrl, pair)).toMatchObject({ email: secured.bootstrap.email });
  // A cookie without the prefix could have been set by a sibling or over plain http.
  expect(await userOf(securedUrl, pair.replace('__Host-', ''))).toBeNull();
});

test('over https only the public origin counts, and the address by which it is reached does not', async () => {
  const { pair } = cookieOf((await signIn(securedUrl, credentials(secured))).headers);
  const byOrigin = async (origin: string) => {
    const headers = { 'X-Keyward-Client': 'console', Cookie: pair, Origin: origin };
    return (await callTrpc(securedUrl, 'organizations.list', null, headers)).status;
  };
  expect(await byOrigin(publicUrl)).toBe(200);
  expect(await byOrigin(securedUrl)).toBe(403);
  expect(await byOrigin('http://keys.example.test')).toBe(403);
});

test('over https a problem’s type, the document and HSTS speak of the public address', async () => {
  const { body } = await restClient(securedUrl, null)('GET', '/v1/keys');
  expect(body.type).toBe(`${publicUrl}/errors/missing_key`);
  const document = await restClient(securedUrl, null)('GET', '/openapi.json');
  expect(document.body.servers).toEqual([{ url: publicUrl }]);
  expect(document.headers.get('strict-transport-security')).toMatch(/^max-age=\d{7,}/);
});

test('25: sign-out ends the session on the server, not in the browser alone', async () => {
  const browser = consoleClient(keyward.url);
  await browser.trpc.account.signIn.mutate(credentials(keyward));
  const cookie = browser.cookies();
  expect(await userOf(keyward.url, cookie)).not.toBeNull();
  const headers = { ...consoleHeaders, Cookie: cookie };
  const out = await callTrpc(keyward.url, 'account.signOut', null, headers);
  expect(out.status).toBe(200);
  expect(cookieOf(out.headers).value).toBe('');
  expect(await userOf(keyward.url, cookie)).toBeNull();
  const list = await callTrpc(keyward.url, 'organizations.list', null, headers);
  expect([list.status, list.body.error.data.keyward.code]).toEqual([401, 'not_signed_in']);
});

test('sign-out without a session says the same, and ends nobody else’s', async () => {
  const browser = consoleClient(keyward.url);
  await browser.trpc.account.signIn.mutate(credentials(keyward));
  for (const cookie of ['', 'keyward_session=', 'keyward_session=forged']) {
    const headers = { ...consoleHeaders, ...(cookie && { Cookie: cookie }) };
    expect((await callTrpc(keyward.url, 'account.signOut', null, headers)).status).toBe(200);
  }
  expect(await userOf(keyward.url, browser.cookies())).not.toBeNull();
});

test('25: a session value that the client chose is never adopted', async () => {
  for (const chosen of [
    'a'.repeat(40),
    '0',
    '../../etc',
    'abcdefghijklmnopqrstuvwxyz234567abcdefgh',
  ]) {
    const fixed = `keyward_session=${chosen}`;
    expect(await userOf(keyward.url, fixed)).toBeNull();
    const answer = await signIn(keyward.url, credentials(keyward), { Cookie: fixed });
    const { pair, value } = cookieOf(answer.headers);
    expect(value).not.toBe(chosen);
    expect(await userOf(keyward.url, fixed)).toBeNull();
    expect(await userOf(keyward.url, pair)).toMatchObject({ email: keyward.bootstrap.email });
  }
});

test('signing in gives a session of its own, and leaves no other person’s session in it', async () => {
  const { organizationId } = keyward.bootstrap;
  const mallory = await signInMember(keyward, { organizationId });
  const answer = await signIn(keyward.url, credentials(keyward), { Cookie: mallory.cookies() });
  const { pair } = cookieOf(answer.headers);
  expect(pair).not.toBe(mallory.cookies());
  expect(await userOf(keyward.url, mallory.cookies())).not.toMatchObject({
    email: keyward.bootstrap.email,
  });
  const again = cookieOf((await signIn(keyward.url, credentials(keyward))).headers);
  expect(again.pair).not.toBe(pair);
});

test('a session that has expired, or has been open for 30 days, is over', async () => {
  for (const change of [
    `expires_at = now() - interval '1 second'`,
    `created_at = now() - interval '31 days'`,
  ]) {
    const { pair } = cookieOf((await signIn(keyward.url, credentials(keyward))).headers);
    expect(await userOf(keyward.url, pair)).not.toBeNull();
    await keyward.database.execute(`update sessions set ${change}`);
    expect(await userOf(keyward.url, pair)).toBeNull();
  }
});

test('26: a wrong password and an unknown account are told apart by nothing', async () => {
  const answers = await Promise.all(
    [
      { ...credentials(keyward), password: 'wrong password' },
      { email: 'nobody@example.com', password: 'wrong password' },
      { email: 'nobody@example.com', password: operatorPassword },
    ].map((input) => signIn(keyward.url, input)),
  );
  const told = answers.map(({ status, text, headers }) => {
    expect(headers.getSetCookie()).toEqual([]);
    return `${status} ${text.replace(/req_[0-9a-z]{26}/g, '')}`;
  });
  expect(new Set(told).size).toBe(1);
  expect(answers[0]?.status).toBe(401);
  expect(answers[0]?.body.error.data.keyward.code).toBe('wrong_credentials');
});

test('once there is an account, nobody else signs up unless sign-up is open', async () => {
  const input = { email: 'stranger@example.com', name: 'Sam', password: 'a long password' };
  const answer = await callTrpc(keyward.url, 'account.signUp', input, consoleHeaders);
  expect([answer.status, answer.body.error.data.keyward.code]).toEqual([403, 'sign_up_closed']);
  expect(answer.headers.getSetCookie()).toEqual([]);
});
