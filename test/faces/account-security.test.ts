import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeOfApp } from '../support/authenticator.ts';
import { type ConsoleClient, consoleClient } from '../support/console-client.ts';
import type { RestAnswer } from '../support/rest-client.ts';
import { makeMember, type SignedIn, signInMember } from '../support/tenants.ts';
import { startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';
import { callTrpc, consoleHeaders } from '../support/trpc-call.ts';

let keyward: TestKeyward;
let another: TestKeyward;
let organizationId: string;
beforeAll(async () => {
  keyward = await startTestKeyward();
  another = await startTestKeyward({ trustedProxies: ['127.0.0.1'] });
  ({ organizationId } = keyward.bootstrap);
});
afterAll(async () => {
  await keyward[Symbol.asyncDispose]();
  await another[Symbol.asyncDispose]();
});

const signIn = (url: string, email: string, password: string, from = '192.0.2.1') =>
  callTrpc(
    url,
    'account.signIn',
    { email, password },
    { ...consoleHeaders, 'X-Forwarded-For': from },
  );

const call = (client: { cookies(): string }, path: string, input: object = {}) =>
  callTrpc(keyward.url, path, input, { ...consoleHeaders, Cookie: client.cookies() });

const codeOf = (answer: RestAnswer) => answer.body.error?.data.keyward.code;

describe('26: an attempt too many', () => {
  test('answers 429 with Retry-After, in the same words for an account and for none', async () => {
    const { user } = await makeMember(another, another.bootstrap);
    const told: string[][] = [];
    for (const email of [user.email, 'nobody@example.com']) {
      const answers = [];
      for (let index = 0; index < 6; index += 1) {
        answers.push(await signIn(another.url, email, 'wrong password', '192.0.2.7'));
      }
      const last = answers.at(-1);
      expect([last?.status, last && codeOf(last)]).toEqual([429, 'too_many_attempts']);
      expect(last?.headers.get('retry-after')).toMatch(/^[1-9]\d{1,2}$/);
      told.push(
        answers.map(({ status, text }) => `${status} ${text.replace(/req_[0-9a-z]{26}/g, '')}`),
      );
    }
    expect(told[0]).toEqual(told[1]);
  });

  test('from one address does not shut its owner out at another', async () => {
    const { user, password } = await makeMember(another, another.bootstrap);
    for (let index = 0; index < 6; index += 1) {
      await signIn(another.url, user.email, 'wrong password', '192.0.2.8');
    }
    expect((await signIn(another.url, user.email, password, '192.0.2.8')).status).toBe(429);
    expect((await signIn(another.url, user.email, password, '192.0.2.9')).status).toBe(200);
  });

  test('is counted for each call of a batch', async () => {
    const input = { email: 'batch@example.com', password: 'wrong password' };
    const names = Array.from({ length: 8 }, () => 'account.signIn').join(',');
    const inputs = Object.fromEntries(Array.from({ length: 8 }, (_, index) => [index, input]));
    const answer = await callTrpc(another.url, `${names}?batch=1`, inputs, {
      ...consoleHeaders,
      'X-Forwarded-For': '192.0.2.10',
    });
    const codes = answer.body.map((one: RestAnswer['body']) => one.error.data.keyward.code).sort();
    expect(codes.filter((code: string) => code === 'wrong_credentials')).toHaveLength(5);
    expect(codes.filter((code: string) => code === 'too_many_attempts')).toHaveLength(3);
  });
});

describe('25: a cookie', () => {
  const elsewhere = async ({ user, password }: SignedIn): Promise<ConsoleClient> => {
    const client = consoleClient(keyward.url);
    await client.trpc.account.signIn.mutate({ email: user.email, password });
    return client;
  };

  test('from before a password change is refused, and the one that the change sets is good', async () => {
    const member = await signInMember(keyward, { organizationId });
    const other = await elsewhere(member);
    const before = { cookies: () => stolen };
    const stolen = member.cookies();
    const { ended } = await member.trpc.account.changePassword.mutate({
      present: member.password,
      next: 'a newer long password',
    });
    expect(ended).toBe(1);
    expect(codeOf(await call(other, 'organizations.list'))).toBe('not_signed_in');
    expect(codeOf(await call(before, 'organizations.list'))).toBe('not_signed_in');
    expect((await call(member, 'organizations.list')).status).toBe(200);
  });

  test('of a session that was ended from the list, or everywhere, is refused', async () => {
    const member = await signInMember(keyward, { organizationId });
    const [second, third] = [await elsewhere(member), await elsewhere(member)];
    const [named] = (await second.trpc.account.sessions.query()).filter(({ isThis }) => isThis);
    await member.trpc.account.endSession.mutate({ session: named?.session ?? '' });
    expect(codeOf(await call(second, 'organizations.list'))).toBe('not_signed_in');
    expect((await call(third, 'organizations.list')).status).toBe(200);
    const cookies = member.cookies();
    await member.trpc.account.signOutEverywhere.mutate();
    for (const ended of [third, { cookies: () => cookies }]) {
      expect(codeOf(await call(ended, 'organizations.list'))).toBe('not_signed_in');
    }
  });

  test('that was fixed before the second step is not the one that signs in', async () => {
    const member = await signInMember(keyward, { organizationId });
    const { secret } = await member.trpc.account.secondFactor.offer.mutate();
    await member.trpc.account.secondFactor.turnOn.mutate({ code: codeOfApp(secret) });
    const first = await signIn(keyward.url, member.user.email, member.password);
    expect(first.headers.getSetCookie()).toEqual([]);
    expect(first.body.result.data).toEqual({
      user: null,
      challenge: { token: expect.any(String), factors: { authenticator: true, passkey: false } },
    });
    const { token: challenge } = first.body.result.data.challenge;
    const fixed = `keyward_session=${'a'.repeat(40)}`;
    const answer = await callTrpc(
      keyward.url,
      'account.completeSignIn',
      { challenge, code: codeOfApp(secret, 1) },
      { ...consoleHeaders, Cookie: fixed },
    );
    expect(answer.body.result.data).toMatchObject({ id: member.user.id });
    const [cookie = ''] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/^keyward_session=[a-z0-9]{32,};/);
    expect(cookie).not.toContain(fixed);
    const session = await call({ cookies: () => cookie.split(';')[0] ?? '' }, 'account.session');
    expect(session.body.result.data).toMatchObject({ hasSecondFactor: true });
    const replayed = await call({ cookies: () => fixed }, 'organizations.list');
    expect(codeOf(replayed)).toBe('not_signed_in');
  });
});

test('25: signing in anew in the same browser ends the session that it had', async () => {
  const member = await signInMember(keyward, { organizationId });
  const before = { cookies: () => old };
  const old = member.cookies();
  await member.trpc.account.signIn.mutate({ email: member.user.email, password: member.password });
  expect(member.cookies()).not.toBe(old);
  expect(codeOf(await call(before, 'organizations.list'))).toBe('not_signed_in');
  expect((await call(member, 'organizations.list')).status).toBe(200);
});

test('an organization that demands a second factor answers 403 second_factor_required', async () => {
  const member = await signInMember(keyward, { organizationId });
  await keyward.change(
    `update organizations set requires_second_factor = true where id = '${organizationId}'`,
  );
  const answer = await callTrpc(
    keyward.url,
    'keys.list',
    {},
    {
      ...consoleHeaders,
      Cookie: member.cookies(),
      'X-Keyward-Organization': organizationId,
    },
  );
  expect([answer.status, codeOf(answer)]).toEqual([403, 'second_factor_required']);
  await keyward.change('update organizations set requires_second_factor = false');
});

test('a session that is not fresh is told to confirm, and a wrong password does not do it', async () => {
  const member = await signInMember(keyward, { organizationId });
  await keyward.database.execute(
    `update sessions set confirmed_at = now() - interval '15 minutes'
      where user_id = '${member.user.id}'`,
  );
  const refused = await call(member, 'account.endOtherSessions');
  expect([refused.status, codeOf(refused)]).toEqual([403, 'confirmation_required']);
  const wrong = await call(member, 'account.confirmPassword', { password: 'wrong password' });
  expect([wrong.status, codeOf(wrong)]).toEqual([401, 'wrong_credentials']);
  await member.trpc.account.confirmPassword.mutate({ password: member.password });
  expect((await call(member, 'account.endOtherSessions')).status).toBe(200);
});
