import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { codeOfApp } from '../support/authenticator.ts';
import { consoleClient } from '../support/console-client.ts';
import { dumpText } from '../support/database-contents.ts';
import { type MailServer, startMailServer, tokenIn } from '../support/mail-server.ts';
import type { RestAnswer } from '../support/rest-client.ts';
import { run } from '../support/served-keyward.ts';
import { makeMember, signInMember } from '../support/tenants.ts';
import { operatorPassword, startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';
import { callTrpc, consoleHeaders } from '../support/trpc-call.ts';
import { uniqueName } from '../support/unique-name.ts';

let mail: MailServer;
let keyward: TestKeyward;
let silent: TestKeyward;
beforeAll(async () => {
  mail = await startMailServer();
  keyward = await startTestKeyward({
    smtpUrl: mail.url,
    mailFrom: 'Keyward <keys@example.com>',
    trustedProxies: ['127.0.0.1'],
  });
  silent = await startTestKeyward();
});
afterAll(async () => {
  await keyward[Symbol.asyncDispose]();
  await silent[Symbol.asyncDispose]();
  await mail[Symbol.asyncDispose]();
});
beforeEach(() => keyward.database.execute('delete from guesses'));

const call = (path: string, input: unknown, headers: Record<string, string> = {}) =>
  callTrpc(keyward.url, path, input, { ...consoleHeaders, ...headers });
const ask = (email: string, from = '192.0.2.1') =>
  call('account.password.requestReset', { email }, { 'X-Forwarded-For': from });
const codeOf = (answer: RestAnswer) => answer.body.error?.data.keyward.code;
const actionsOf = async (userId: string) => {
  const rows = await keyward.database.execute<{ action: string }>(
    `select action from audit_events where target_id = '${userId}' order by number`,
  );
  return rows.map(({ action }) => action);
};

const next = 'a newer long password';

describe('a forgotten password', () => {
  test('is set anew by a mailed link, once; every session ends, and nobody is signed in by it', async () => {
    const { organizationId } = keyward.bootstrap;
    const member = await signInMember(keyward, { organizationId });
    const { email, id } = member.user;
    expect((await ask(email)).status).toBe(200);
    const received = await mail.mailTo(email);
    expect(received.from).toBe('keys@example.com');
    expect(received.headers.get('subject')).toEqual(['Set a new password for Keyward']);
    expect(received.html).not.toMatch(/<img|src=|url\(|<link|<script/i);
    const token = tokenIn(received, 'reset-password');
    expect(received.html).toContain(token);
    // A dump of the database opens no account.
    expect(JSON.stringify(await dumpText(keyward.databaseUrl))).not.toContain(token);
    const looked = await call('account.password.look', { token });
    expect(looked.body.result.data).toEqual({ email });
    const weak = await call('account.password.reset', { token, password: 'short' });
    expect(codeOf(weak)).toBe('invalid_request');
    const answer = await call('account.password.reset', { token, password: next });
    expect(answer.status, answer.text).toBe(200);
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect((await member.trpc.account.session.query()).user).toBeNull();
    expect(codeOf(await call('account.password.reset', { token, password: next }))).toBe(
      'not_found',
    );
    await expect(
      consoleClient(keyward.url).trpc.account.signIn.mutate({ email, password: member.password }),
    ).rejects.toThrow();
    await consoleClient(keyward.url).trpc.account.signIn.mutate({ email, password: next });
    const told = await mail.mailTo(email, 1);
    expect(told.headers.get('subject')).toEqual(['Your Keyward password was changed']);
    expect((await actionsOf(id)).slice(-3)).toEqual([
      'account.reset_link_made',
      'account.password_reset',
      'account.signed_in',
    ]);
  });

  test('leaves the second factor asked for', async () => {
    const { organizationId } = keyward.bootstrap;
    const member = await signInMember(keyward, { organizationId });
    const { secret } = await member.trpc.account.secondFactor.offer.mutate();
    await member.trpc.account.secondFactor.turnOn.mutate({ code: codeOfApp(secret) });
    const { email } = member.user;
    await ask(email);
    const token = tokenIn(await mail.mailTo(email), 'reset-password');
    await call('account.password.reset', { token, password: next });
    const client = consoleClient(keyward.url);
    const answer = await client.trpc.account.signIn.mutate({ email, password: next });
    expect(answer.user).toBeNull();
    expect(client.cookies()).toBe('');
  });

  test('is not set by a link that is an hour old, nor by one from before a change', async () => {
    const { organizationId } = keyward.bootstrap;
    const member = await signInMember(keyward, { organizationId });
    const { email } = member.user;
    await ask(email);
    await ask(email);
    const [one, two] = [await mail.mailTo(email), await mail.mailTo(email, 1)];
    await keyward.database.execute(
      `update password_resets set expires_at = now() where token_hash =
        encode(sha256('${tokenIn(one, 'reset-password')}'::bytea), 'hex')`,
    );
    for (const path of ['account.password.look', 'account.password.reset']) {
      const token = tokenIn(one, 'reset-password');
      const input = path.endsWith('reset') ? { token, password: next } : { token };
      expect(codeOf(await call(path, input))).toBe('not_found');
    }
    await member.trpc.account.changePassword.mutate({ present: member.password, next });
    const token = tokenIn(two, 'reset-password');
    expect(codeOf(await call('account.password.reset', { token, password: next }))).toBe(
      'not_found',
    );
  });

  test('by one link at once by several is set once', async () => {
    const { user } = await makeMember(keyward, keyward.bootstrap);
    await ask(user.email);
    const token = tokenIn(await mail.mailTo(user.email), 'reset-password');
    const answers = await Promise.all(
      ['one', 'two', 'three'].map((name) =>
        call('account.password.reset', { token, password: `${name} long password` }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404, 404]);
  });
});

describe('26: asking for a new password', () => {
  test('tells nothing of whether there is an account: same answer, same rows, and no mail', async () => {
    const { user } = await makeMember(keyward, keyward.bootstrap);
    const nobody = `${uniqueName('nobody')}@example.com`;
    const answers = [await ask(user.email), await ask(nobody)];
    const told = answers.map(({ status, text }) => `${status} ${text}`);
    expect(told[0]).toBe(told[1]);
    await mail.mailTo(user.email);
    // What was typed is forgotten when it turns out to be nobody.
    await expect
      .poll(() => keyward.database.execute(`select from mails where email = '${nobody}'`))
      .toHaveLength(0);
    expect(mail.received.filter(({ to }) => to.includes(nobody))).toEqual([]);
  });

  test('from one place is let through twenty times, and floods nobody’s mailbox', async () => {
    const { user } = await makeMember(keyward, keyward.bootstrap);
    const statuses = [];
    for (let index = 0; index < 21; index += 1) {
      statuses.push((await ask(user.email, '192.0.2.50')).status);
    }
    expect(statuses).toEqual([...Array.from({ length: 20 }, () => 200), 429]);
    await mail.mailTo(user.email, 3);
    await expect
      .poll(() => keyward.database.execute('select from mails where sent_at is null'))
      .toHaveLength(0);
    expect(mail.received.filter(({ to }) => to.includes(user.email))).toHaveLength(4);
  });
});

describe('without mail', () => {
  const operatorOf = async () => {
    const operator = consoleClient(silent.url);
    const { email } = silent.bootstrap;
    await operator.trpc.account.signIn.mutate({ email, password: operatorPassword });
    return operator;
  };

  test('the page says whom to ask, and an operator hands a link over', async () => {
    const { user } = await makeMember(silent, silent.bootstrap);
    const { email } = user;
    const stranger = consoleClient(silent.url);
    expect((await stranger.trpc.account.session.query()).sendsMail).toBe(false);
    await expect(stranger.trpc.account.password.requestReset.mutate({ email })).rejects.toThrow(
      'ask whoever runs it',
    );
    const operator = await operatorOf();
    const { url } = await operator.trpc.account.password.makeResetLink.mutate({ email });
    expect(url).toMatch(new RegExp(`^${silent.url}/reset-password#[\\w-]{43}$`));
    const token = url.split('#')[1] ?? '';
    await stranger.trpc.account.password.reset.mutate({ token, password: next });
    await stranger.trpc.account.signIn.mutate({ email, password: next });
  });

  test('an owner or admin makes no link: the account may belong to other organizations too', async () => {
    const { organizationId, email } = silent.bootstrap;
    const owner = await signInMember(silent, { organizationId, role: 'owner' });
    for (const target of [email, 'nobody@example.com']) {
      await expect(
        owner.trpc.account.password.makeResetLink.mutate({ email: target }),
      ).rejects.toThrow('Only an operator');
    }
  });

  test('an operator whose password was given a while ago is asked for it', async () => {
    const operator = await operatorOf();
    await silent.database.execute(`update sessions set confirmed_at = now() - interval '1 hour'`);
    const { email } = silent.bootstrap;
    await expect(operator.trpc.account.password.makeResetLink.mutate({ email })).rejects.toThrow(
      'Confirm that it is you',
    );
  });

  test('an operator who lost theirs makes one on the command line', async () => {
    const { email } = silent.bootstrap;
    const cli = fileURLToPath(new URL('../../server/src/cli.ts', import.meta.url));
    const env = {
      ...process.env,
      DATABASE_URL: silent.databaseUrl,
      KEYWARD_PUBLIC_URL: silent.url,
    };
    const command = (...args: string[]) =>
      run(process.execPath, [cli, 'reset-password', ...args], env);
    const made = await command('--email', email);
    const { url } = JSON.parse(made.stdout);
    expect(url).toMatch(new RegExp(`^${silent.url}/reset-password#[\\w-]{43}$`));
    const token = url.split('#')[1];
    await consoleClient(silent.url).trpc.account.password.reset.mutate({ token, password: next });
    await consoleClient(silent.url).trpc.account.signIn.mutate({ email, password: next });
    const unknown = await command('--email', 'nobody@example.com');
    expect(unknown).toMatchObject({ code: 1, stdout: '' });
    expect(unknown.stderr).toContain('Nobody has an account');
  });
});
