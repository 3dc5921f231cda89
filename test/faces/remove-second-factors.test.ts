import { fileURLToPath } from 'node:url';
import { makeResetLink } from '@keyward/server/accounts/password-reset/make-reset-link';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { codeOfApp } from '../support/authenticator.ts';
import { type ConsoleClient, consoleClient } from '../support/console-client.ts';
import { type MailServer, startMailServer } from '../support/mail-server.ts';
import { run } from '../support/served-keyward.ts';
import { type SignedIn, signInMember } from '../support/tenants.ts';
import { operatorPassword, startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';
import { createVirtualPasskey } from '../support/virtual-passkey.ts';

let mail: MailServer;
let keyward: TestKeyward;
let operator: ConsoleClient;
beforeAll(async () => {
  mail = await startMailServer();
  keyward = await startTestKeyward({ host: 'localhost', smtpUrl: mail.url });
});
afterAll(async () => {
  await keyward[Symbol.asyncDispose]();
  await mail[Symbol.asyncDispose]();
});
beforeEach(async () => {
  await keyward.database.execute('delete from guesses');
  operator = consoleClient(keyward.url);
  const { email } = keyward.bootstrap;
  await operator.trpc.account.signIn.mutate({ email, password: operatorPassword });
});

/** Somebody with every kind of factor. */
async function secured(): Promise<SignedIn & { recoveryCodes: string[] }> {
  const member = await signInMember(keyward, keyward.bootstrap);
  const { passkeys, secondFactor } = member.trpc.account;
  const { secret } = await secondFactor.offer.mutate();
  const { recoveryCodes } = await secondFactor.turnOn.mutate({ code: codeOfApp(secret) });
  const { options } = await passkeys.offer.mutate();
  await passkeys.add.mutate({ response: createVirtualPasskey(keyward.url).create(options) });
  return { ...member, recoveryCodes: recoveryCodes ?? [] };
}

const factorsOf = async ({ user }: SignedIn) => {
  const [row] = await keyward.database.execute(`select
    (select count(*)::int from authenticators where user_id = '${user.id}') as authenticators,
    (select count(*)::int from passkeys where user_id = '${user.id}') as passkeys,
    (select count(*)::int from recovery_codes where user_id = '${user.id}') as codes,
    (select count(*)::int from sessions where user_id = '${user.id}') as sessions,
    (select count(*)::int from sign_in_challenges where user_id = '${user.id}') as challenges`);
  return { ...row };
};

const removeFrom = (client: ConsoleClient, { user }: SignedIn) =>
  client.trpc.account.secondFactor.removeFrom.mutate({ email: user.email });

describe('removing the second factors of an account', () => {
  test('takes them all, ends its sessions and sign-ins, and leaves the password and a link that was made', async () => {
    const member = await secured();
    const { email } = member.user;
    const browser = consoleClient(keyward.url);
    const first = await browser.trpc.account.signIn.mutate({ email, password: member.password });
    const { token } = await makeResetLink(keyward.context, email);
    expect(await removeFrom(operator, member)).toEqual({
      authenticator: true,
      passkeys: 1,
      sessionsEnded: 1,
    });
    const received = await mail.mailTo(email);
    expect(received.headers.get('subject')).toEqual([
      'Your second factors for Keyward were removed',
    ]);
    expect(await factorsOf(member)).toEqual({
      authenticators: 0,
      passkeys: 0,
      codes: 0,
      sessions: 0,
      challenges: 0,
    });
    const [code = ''] = member.recoveryCodes;
    const late = { challenge: first.challenge?.token ?? '', code };
    await expect(browser.trpc.account.completeSignIn.mutate(late)).rejects.toThrow('Sign in with');
    const answer = await browser.trpc.account.signIn.mutate({ email, password: member.password });
    expect(answer.user?.email).toBe(email);
    await browser.trpc.account.password.reset.mutate({ token, password: 'a newer long password' });
    const { data } = await operator.trpc.audit.instance.list.query({ targetId: member.user.id });
    expect(data.find(({ action }) => action === 'account.second_factors_removed')).toMatchObject({
      actor: { type: 'operator', id: keyward.bootstrap.userId },
      data: { email, authenticator: true, passkeys: 1, sessionsEnded: 1 },
    });
  });

  test('is for operators, who have given their password just now, and for accounts that have any', async () => {
    const member = await secured();
    const { organizationId } = keyward.bootstrap;
    const owner = await signInMember(keyward, { organizationId, role: 'owner' });
    const before = await factorsOf(member);
    await expect(removeFrom(owner, member)).rejects.toThrow('Only an operator');
    const { userId } = keyward.bootstrap;
    await keyward.database.execute(
      `update sessions set confirmed_at = now() - interval '1 hour' where user_id = '${userId}'`,
    );
    await expect(removeFrom(operator, member)).rejects.toThrow('Confirm that it is you');
    await operator.trpc.account.confirmPassword.mutate({ password: operatorPassword });
    await expect(removeFrom(operator, owner)).rejects.toThrow('has no second factor');
    await expect(
      operator.trpc.account.secondFactor.removeFrom.mutate({ email: 'nobody@example.com' }),
    ).rejects.toThrow('Nobody has an account');
    expect(await factorsOf(member)).toEqual(before);
  });

  test('is done on the command line for an operator who lost theirs', async () => {
    const member = await secured();
    const cli = fileURLToPath(new URL('../../server/src/cli.ts', import.meta.url));
    const env = { ...process.env, DATABASE_URL: keyward.databaseUrl, SMTP_URL: mail.url };
    const { email } = member.user;
    const command = () =>
      run(process.execPath, [cli, 'remove-second-factors', '--email', email], env);
    expect(JSON.parse((await command()).stdout)).toEqual({
      authenticator: true,
      passkeys: 1,
      sessionsEnded: 1,
    });
    await mail.mailTo(email);
    const again = await command();
    expect(again).toMatchObject({ code: 1, stdout: '' });
    expect(again.stderr).toContain('has no second factor');
  });
});
