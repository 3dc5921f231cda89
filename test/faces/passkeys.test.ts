import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { codeOfApp } from '../support/authenticator.ts';
import { consoleClient } from '../support/console-client.ts';
import { makeTenant, type SignedIn, signInMember, type Tenant } from '../support/tenants.ts';
import { startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';
import { createVirtualPasskey } from '../support/virtual-passkey.ts';
import { whileHeld } from '../support/while-held.ts';

let keyward: TestKeyward;
let tenant: Tenant;
let ada: SignedIn;
beforeAll(async () => {
  keyward = await startTestKeyward({ host: 'localhost' });
  tenant = await makeTenant(keyward);
});
afterAll(() => keyward[Symbol.asyncDispose]());
beforeEach(async () => {
  await keyward.database.execute('delete from guesses');
  ada = await signInMember(keyward, { organizationId: tenant.id });
});

const passkeysOf = (client: SignedIn | ReturnType<typeof consoleClient>) =>
  client.trpc.account.passkeys;

/** Registers a passkey. */
async function register(client = ada, name = 'Laptop') {
  const passkey = createVirtualPasskey(keyward.url);
  const { options } = await passkeysOf(client).offer.mutate();
  const { recoveryCodes } = await passkeysOf(client).add.mutate({
    name,
    response: passkey.create(options),
  });
  return { passkey, recoveryCodes };
}

const userOf = async (client: ReturnType<typeof consoleClient>) =>
  (await client.trpc.account.session.query()).user?.id ?? null;

async function eventsOf({ user }: SignedIn) {
  const rows = await keyward.database.execute<{ action: string; data: object }>(
    `select action, data from audit_events where target_id = '${user.id}' order by number`,
  );
  return rows.map(({ action, data }) => [
    action,
    typeof data === 'string' ? JSON.parse(data) : data,
  ]);
}

describe('a passkey', () => {
  test('is a second factor: the first one gives recovery codes and signs out elsewhere', async () => {
    const elsewhere = consoleClient(keyward.url);
    const { email } = ada.user;
    await elsewhere.trpc.account.signIn.mutate({ email, password: ada.password });
    const { recoveryCodes } = await register();
    expect(recoveryCodes).toHaveLength(10);
    expect(await userOf(elsewhere)).toBeNull();
    expect((await ada.trpc.account.session.query()).hasSecondFactor).toBe(true);
    expect((await register(ada, 'Phone')).recoveryCodes).toBeNull();
    const listed = await passkeysOf(ada).list.query();
    expect(listed.map(({ name, lastUsedAt }) => [name, lastUsedAt])).toEqual([
      ['Laptop', null],
      ['Phone', null],
    ]);
    const answer = await elsewhere.trpc.account.signIn.mutate({ email, password: ada.password });
    expect(answer.challenge?.factors).toEqual({ authenticator: false, passkey: true });
    expect((await eventsOf(ada)).at(-1)).toEqual([
      'account.passkey_added',
      { name: 'Phone', otherSessionsEnded: 0 },
    ]);
  });

  test('signs in alone, which counts as two factors', async () => {
    const { passkey } = await register();
    const browser = consoleClient(keyward.url);
    const { options } = await passkeysOf(browser).offerSignIn.mutate({});
    expect(options).toMatchObject({ rpId: 'localhost', userVerification: 'required' });
    expect(options.allowCredentials ?? []).toEqual([]);
    const user = await passkeysOf(browser).signIn.mutate({ answer: passkey.get(options) });
    expect(user.id).toBe(ada.user.id);
    expect((await browser.trpc.account.session.query()).hasSecondFactor).toBe(true);
    const [{ lastUsedAt } = { lastUsedAt: null }] = await passkeysOf(ada).list.query();
    expect(lastUsedAt).not.toBeNull();
    expect((await eventsOf(ada)).at(-1)).toEqual([
      'account.signed_in',
      { by: 'passkey', secondFactor: 'passkey' },
    ]);
  });

  test('is the second step in the place of a code, for its own account alone', async () => {
    const { passkey } = await register();
    const bob = await signInMember(keyward, { organizationId: tenant.id });
    const { passkey: theirs } = await register(bob);
    const browser = consoleClient(keyward.url);
    const { email } = ada.user;
    const first = await browser.trpc.account.signIn.mutate({ email, password: ada.password });
    const challenge = first.challenge?.token ?? '';
    const ask = async () => (await passkeysOf(browser).offerSignIn.mutate({ challenge })).options;
    expect((await ask()).allowCredentials).toMatchObject([{ id: passkey.id }]);
    const wrong = { answer: theirs.get(await ask()), challenge };
    await expect(passkeysOf(browser).signIn.mutate(wrong)).rejects.toThrow('not known here');
    const right = { answer: passkey.get(await ask()), challenge };
    expect((await passkeysOf(browser).signIn.mutate(right)).id).toBe(ada.user.id);
    // The challenge of the sign-in is used up with it.
    await expect(ask()).rejects.toThrow('Sign in with your password again');
  });

  test('that asks for a sign-in is not taken in another browser, twice, or after five minutes', async () => {
    const { passkey } = await register();
    const [browser, another] = [consoleClient(keyward.url), consoleClient(keyward.url)];
    const { options } = await passkeysOf(browser).offerSignIn.mutate({});
    await passkeysOf(another).offerSignIn.mutate({});
    const answer = passkey.get(options);
    await expect(passkeysOf(another).signIn.mutate({ answer })).rejects.toThrow('not known here');
    await expect(passkeysOf(consoleClient(keyward.url)).signIn.mutate({ answer })).rejects.toThrow(
      'Begin again',
    );
    await passkeysOf(browser).signIn.mutate({ answer });
    await expect(passkeysOf(browser).signIn.mutate({ answer })).rejects.toThrow('Begin again');
    const late = await passkeysOf(browser).offerSignIn.mutate({});
    await keyward.database.execute('update passkey_ceremonies set expires_at = now()');
    await expect(
      passkeysOf(browser).signIn.mutate({ answer: passkey.get(late.options) }),
    ).rejects.toThrow('Begin again');
  });

  test.each([
    ['of another site', { origin: 'https://evil.example' }],
    ['for another name', { rpId: 'evil.example' }],
    ['that did not make sure of its user', { isVerified: false }],
    ['that names another user', { userHandle: Buffer.from('usr_eve').toString('base64url') }],
  ])('%s is refused, and the challenge is used up', async (_, deviation) => {
    const { passkey } = await register();
    const browser = consoleClient(keyward.url);
    const { options } = await passkeysOf(browser).offerSignIn.mutate({});
    const answer = passkey.get(options, deviation);
    await expect(passkeysOf(browser).signIn.mutate({ answer })).rejects.toThrow('not known here');
    await expect(
      passkeysOf(browser).signIn.mutate({ answer: passkey.get(options) }),
    ).rejects.toThrow('Begin again');
    expect(browser.cookies()).not.toContain('keyward_session');
  });

  test('whose counter goes back was copied, and is refused', async () => {
    const { passkey } = await register();
    const use = async (counter: number) => {
      const browser = consoleClient(keyward.url);
      const { options } = await passkeysOf(browser).offerSignIn.mutate({});
      return passkeysOf(browser).signIn.mutate({ answer: passkey.get(options, { counter }) });
    };
    await use(7);
    for (const counter of [7, 3]) {
      await expect(use(counter)).rejects.toThrow('not known here');
    }
    await use(8);
  });

  test('is not made with an answer of another session, site, or unverified user', async () => {
    const passkey = createVirtualPasskey(keyward.url);
    const bob = await signInMember(keyward, { organizationId: tenant.id });
    const { options } = await passkeysOf(ada).offer.mutate();
    await passkeysOf(bob).offer.mutate();
    await expect(passkeysOf(bob).add.mutate({ response: passkey.create(options) })).rejects.toThrow(
      'could not be kept',
    );
    for (const deviation of [{ origin: 'https://evil.example' }, { isVerified: false }]) {
      const again = await passkeysOf(ada).offer.mutate();
      await expect(
        passkeysOf(ada).add.mutate({ response: passkey.create(again.options, deviation) }),
      ).rejects.toThrow('could not be kept');
    }
    expect(await passkeysOf(ada).list.query()).toEqual([]);
  });
});

describe('what is sensitive', () => {
  const grow = (client: SignedIn) =>
    keyward.database.execute(
      `update sessions set confirmed_at = now() - interval '1 hour'
        where user_id = '${client.user.id}'`,
    );

  test('is making and removing passkeys, and a passkey confirms it as the password does', async () => {
    const { passkey } = await register();
    await grow(ada);
    for (const refused of [
      passkeysOf(ada).offer.mutate(),
      passkeysOf(ada).remove.mutate({ id: passkey.id }),
    ]) {
      await expect(refused).rejects.toThrow('Confirm that it is you');
    }
    const { options } = await passkeysOf(ada).offerConfirmation.mutate();
    await passkeysOf(ada).confirm.mutate({ answer: passkey.get(options) });
    await passkeysOf(ada).remove.mutate({ id: passkey.id });
    expect((await eventsOf(ada)).slice(-2)).toEqual([
      ['account.password_confirmed', { by: 'passkey' }],
      ['account.passkey_removed', { name: 'Laptop' }],
    ]);
  });

  test('is not confirmed by somebody else’s passkey', async () => {
    const bob = await signInMember(keyward, { organizationId: tenant.id });
    const { passkey: theirs } = await register(bob);
    await grow(ada);
    const { options } = await passkeysOf(ada).offerConfirmation.mutate();
    await expect(passkeysOf(ada).confirm.mutate({ answer: theirs.get(options) })).rejects.toThrow(
      'not known here',
    );
    await expect(passkeysOf(ada).offer.mutate()).rejects.toThrow('Confirm that it is you');
  });

  test('nor is a passkey of somebody else removed: it is as unknown as none', async () => {
    const bob = await signInMember(keyward, { organizationId: tenant.id });
    const { passkey: theirs } = await register(bob);
    for (const id of [theirs.id, 'x']) {
      await expect(passkeysOf(ada).remove.mutate({ id })).rejects.toThrow('removed already');
    }
    expect(await passkeysOf(bob).list.query()).toHaveLength(1);
  });
});

test('a passkey that is removed while it signs in is refused, and neither waits for the other', async () => {
  const { passkey } = await register();
  const browser = consoleClient(keyward.url);
  const { options } = await passkeysOf(browser).offerSignIn.mutate({});
  const answer = passkey.get(options);
  const outcome = await whileHeld(keyward.database, ada.user.id, {
    call: () => passkeysOf(browser).signIn.mutate({ answer }),
    change: `delete from passkeys where id = '${passkey.id}'`,
  });
  expect(outcome).toContain('not known here');
});

test('what a stranger may have asked for is limited for each network', async () => {
  const ask = () => passkeysOf(consoleClient(keyward.url)).offerSignIn.mutate({});
  await ask();
  await keyward.database.execute('update guesses set count = 299');
  await ask();
  await expect(ask()).rejects.toThrow('too much was asked from your network');
});

test('the only way in is not removed', async () => {
  const { passkey } = await register();
  await keyward.change(`update users set password_hash = null where id = '${ada.user.id}'`);
  await expect(passkeysOf(ada).remove.mutate({ id: passkey.id })).rejects.toThrow(
    'your only way to sign in',
  );
  expect(await passkeysOf(ada).list.query()).toHaveLength(1);
  const { passkey: phone } = await register(ada, 'Phone');
  await passkeysOf(ada).remove.mutate({ id: passkey.id });
  expect((await passkeysOf(ada).list.query()).map(({ id }) => id)).toEqual([phone.id]);
});

describe('the last factor', () => {
  const demand = (isRequired: boolean) =>
    keyward.change(
      `update organizations set requires_second_factor = ${isRequired} where id = '${tenant.id}'`,
    );

  test('that is removed leaves no second factor: an organization that demands one refuses', async () => {
    const { passkey } = await register();
    const { secret } = await ada.trpc.account.secondFactor.offer.mutate();
    await ada.trpc.account.secondFactor.turnOn.mutate({ code: codeOfApp(secret) });
    await demand(true);
    await ada.trpc.account.secondFactor.turnOff.mutate();
    await ada.within(tenant.id).keys.list.query({});
    expect((await ada.trpc.account.secondFactor.get.query()).recoveryCodesLeft).toBe(10);
    await passkeysOf(ada).remove.mutate({ id: passkey.id });
    await expect(ada.within(tenant.id).keys.list.query({})).rejects.toThrow('second factor');
    expect(await ada.trpc.account.secondFactor.get.query()).toEqual({
      since: null,
      isOn: false,
      recoveryCodesLeft: 0,
    });
    await demand(false);
  });
});

test('at an IP address, where browsers make no passkeys, it says so', async () => {
  await using numbered = await startTestKeyward();
  const client = consoleClient(numbered.url);
  expect((await client.trpc.account.session.query()).takesPasskeys).toBe(false);
  await expect(client.trpc.account.passkeys.offerSignIn.mutate({})).rejects.toThrow(
    'KEYWARD_PUBLIC_URL',
  );
});
