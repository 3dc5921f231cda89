import { makeResetLink } from '@keyward/server/accounts/password-reset/make-reset-link';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { codeOfApp } from '../support/authenticator.ts';
import { consoleClient } from '../support/console-client.ts';
import { type Person, startIdentityProvider } from '../support/identity-provider.ts';
import {
  newPerson,
  openBack,
  type ProviderStage,
  startProviderStage,
} from '../support/provider-stage.ts';
import { createVisitor } from '../support/provider-visit.ts';
import { makeTenant, type SignedIn, signInMember, type Tenant } from '../support/tenants.ts';
import { startTestKeyward } from '../support/test-keyward.ts';

let stage: ProviderStage;
let tenant: Tenant;
beforeAll(async () => {
  stage = await startProviderStage();
  tenant = await makeTenant(stage.keyward);
});
afterAll(() => stage[Symbol.asyncDispose]());
beforeEach(() => stage.keyward.database.execute('delete from guesses'));

describe('signing in by the provider', () => {
  test('makes an account of a verified email, and leads back to where it was asked', async () => {
    const person = newPerson();
    const visitor = createVisitor();
    const where = await stage.visit(visitor, person, 'beginSignIn', {
      returnTo: '/organizations/new',
    });
    expect(where).toBe('/organizations/new');
    const { user, hasSecondFactor } = await stage.sessionOf(visitor);
    expect(user).toMatchObject({ email: person.email, name: 'Ida Provider', isOperator: false });
    expect(hasSecondFactor).toBe(false);
    expect((await stage.eventsOf(user.id)).map(([action]) => action)).toEqual([
      'account.created',
      'account.provider_connected',
      'account.signed_in',
    ]);
    expect((await stage.eventsOf(user.id)).at(-1)).toEqual([
      'account.signed_in',
      { by: 'provider' },
    ]);
    // The same person is the same account, whatever their email is by now.
    const again = createVisitor();
    await stage.visit(again, { ...person, email: 'renamed@example.com' });
    expect((await stage.sessionOf(again)).user.id).toBe(user.id);
  });

  test('counts as two factors only where the provider says so', async () => {
    const visitor = createVisitor();
    await stage.visit(visitor, newPerson({ amr: ['pwd', 'mfa'] }));
    expect((await stage.sessionOf(visitor)).hasSecondFactor).toBe(true);
    const single = createVisitor();
    await stage.visit(single, newPerson({ amr: ['pwd'] }));
    expect((await stage.sessionOf(single)).hasSecondFactor).toBe(false);
  });

  test('asks for the account’s own second factor, unless the provider has seen to one', async () => {
    const member = await signInMember(stage.keyward, { organizationId: tenant.id });
    const person = newPerson();
    expect(await stage.visit(stage.as(member), person, 'beginConnection')).toBe('/account');
    const { secret } = await member.trpc.account.secondFactor.offer.mutate();
    await member.trpc.account.secondFactor.turnOn.mutate({ code: codeOfApp(secret) });
    const visitor = createVisitor();
    const where = await stage.visit(visitor, person);
    const [, challenge] =
      /^\/sign-in#challenge=([\w-]{43})&factors=authenticator$/.exec(where) ?? [];
    expect((await stage.sessionOf(visitor)).user).toBeNull();
    await stage.call(visitor, 'account.completeSignIn', { challenge, code: codeOfApp(secret, 1) });
    expect(await stage.sessionOf(visitor)).toMatchObject({
      user: { id: member.user.id },
      hasSecondFactor: true,
    });
    const secured = createVisitor();
    expect(await stage.visit(secured, { ...person, amr: ['mfa'] })).toBe('/');
  });

  test('makes nobody a member before the second factor was given, and leads on after it', async () => {
    const member = await signInMember(stage.keyward, { organizationId: tenant.id });
    const person = newPerson();
    await stage.visit(stage.as(member), person, 'beginConnection');
    const { secret } = await member.trpc.account.secondFactor.offer.mutate();
    await member.trpc.account.secondFactor.turnOn.mutate({ code: codeOfApp(secret) });
    const other = await makeTenant(stage.keyward);
    const admin = await signInMember(stage.keyward, { organizationId: other.id, role: 'admin' });
    const { email } = member.user;
    const made = await admin.within(other.id).members.invite.mutate({ email, role: 'member' });
    const token = made.url.split('#')[1] ?? '';
    const visitor = createVisitor();
    const input = { invitation: token, returnTo: '/o/other/keys' };
    const where = await stage.visit(visitor, person, 'beginSignIn', input);
    const [, challenge] = /^\/sign-in#challenge=([\w-]{43})&/.exec(where) ?? [];
    const names = async () =>
      (await admin.within(other.id).members.list.query()).map((one) => one.email);
    expect(await names()).not.toContain(email);
    await stage.call(visitor, 'account.completeSignIn', { challenge, code: codeOfApp(secret, 1) });
    await stage.call(visitor, 'invitations.accept', { token });
    expect(await names()).toContain(email);
    const plain = { returnTo: '/o/acme/keys?status=active' };
    expect(await stage.visit(createVisitor(), person, 'beginSignIn', plain)).toMatch(
      /^\/sign-in\?returnTo=%2Fo%2Facme%2Fkeys%3Fstatus%3Dactive#challenge=/,
    );
  });

  test('25: session fixation: ends the session that the browser had', async () => {
    const member = await signInMember(stage.keyward, { organizationId: tenant.id });
    const visitor = stage.as(member);
    await stage.visit(visitor, newPerson());
    expect((await member.trpc.account.session.query()).user).toBeNull();
    expect((await stage.sessionOf(visitor)).user.id).not.toBe(member.user.id);
  });

  test('that was made at the provider an hour ago does not count as a fresh password', async () => {
    const visitor = createVisitor();
    const anHourAgo = Math.floor(Date.now() / 1000) - 3600;
    const person = newPerson({ signedInAt: anHourAgo });
    await stage.visit(visitor, person);
    await expect(stage.call(visitor, 'account.endOtherSessions')).rejects.toThrow('Confirm');
    // The provider is asked to ask again, and one that does not is not believed.
    const where = await stage.visit(visitor, person, 'beginConfirmation');
    expect(where).toBe('/confirmed?error=not_asked_again');
    const { signedInAt, ...present } = person;
    expect(await stage.visit(visitor, present, 'beginConfirmation')).toBe('/confirmed');
    await stage.call(visitor, 'account.endOtherSessions');
  });

  test('that the provider dates (auth_time) where it is asked to, as it is, is fresh; what it does not date is not, and its confirmation says why', async () => {
    const redirectUri = `${stage.keyward.url}/auth/callback`;
    stage.id.open({ redirectUri, tellsWhen: false });
    try {
      const first = createVisitor();
      expect(await stage.visit(first, newPerson())).toBe('/');
      await stage.call(first, 'account.endOtherSessions');

      const visitor = createVisitor();
      stage.id.state.present = newPerson();
      /** Goes to a provider that knows neither age nor prompt. */
      const visitUnheard = async (procedure: string, maxAge: string) => {
        const { url } = await stage.call(visitor, `account.provider.${procedure}`);
        const unheard = new URL(url);
        expect(unheard.searchParams.get('max_age')).toBe(maxAge);
        unheard.searchParams.delete('max_age');
        unheard.searchParams.delete('prompt');
        return openBack(visitor, await visitor.goUntil(unheard.href, redirectUri));
      };
      expect(await visitUnheard('beginSignIn', '2592000')).toBe('/');
      await expect(stage.call(visitor, 'account.endOtherSessions')).rejects.toThrow('Confirm');
      expect(await visitUnheard('beginConfirmation', '120')).toBe('/confirmed?error=no_auth_time');
      await expect(stage.call(visitor, 'account.endOtherSessions')).rejects.toThrow('Confirm');
    } finally {
      stage.id.open({ redirectUri });
    }
  });
});

describe('an email', () => {
  test.each([
    ['that the provider has not verified', { emailVerified: false }],
    ['of which it says nothing', { emailVerified: undefined }],
    ['that is verified in so many words', { emailVerified: 'true' }],
    ['that is none', { email: 'not an email' }],
    ['with a line break in it', { email: 'ida@example.com\r\nBcc: eve@example.com' }],
  ])('%s makes no account', async (_, facts) => {
    const visitor = createVisitor();
    const person = newPerson();
    const { emailVerified, ...rest } = { ...person, ...facts };
    const whole = emailVerified === undefined ? rest : { ...rest, emailVerified };
    expect(await stage.visit(visitor, whole as Person)).toBe('/sign-in?error=unverified_email');
    expect((await stage.sessionOf(visitor)).user).toBeNull();
  });

  test('of the demo makes no account: this instance would seem to be one', async () => {
    const person = newPerson({ email: 'demo@keyward.example' });
    expect(await stage.visit(createVisitor(), person)).toBe('/sign-in?error=email_taken');
  });

  test('that has an account is not let into it: its owner connects it, once signed in', async () => {
    const member = await signInMember(stage.keyward, { organizationId: tenant.id });
    const person = newPerson({ email: member.user.email });
    const visitor = createVisitor();
    expect(await stage.visit(visitor, person)).toBe('/sign-in?error=email_taken');
    expect((await stage.sessionOf(visitor)).user).toBeNull();
    expect(await stage.visit(stage.as(member), person, 'beginConnection')).toBe('/account');
    expect(await stage.visit(visitor, person)).toBe('/');
    expect((await stage.sessionOf(visitor)).user.id).toBe(member.user.id);
    const { issuer } = stage.id.settings;
    const listed = await member.trpc.account.provider.identities.query();
    expect(listed).toMatchObject([{ issuer, email: member.user.email }]);
    await member.trpc.account.provider.disconnect.mutate({ issuer });
    expect(await stage.visit(createVisitor(), person)).toBe('/sign-in?error=email_taken');
    expect((await stage.eventsOf(member.user.id)).at(-1)?.[0]).toBe(
      'account.provider_disconnected',
    );
  });
});

test('a password that is set by a link ends what was connected under another email', async () => {
  const member = await signInMember(stage.keyward, { organizationId: tenant.id });
  const { email } = member.user;
  const setAnew = async () => {
    const { token } = await makeResetLink(stage.keyward.context, email);
    const password = 'a newer long password';
    await stage.call(createVisitor(), 'account.password.reset', { token, password });
  };
  // The provider says that it is the member's, and not that it has seen to that.
  const stranger = newPerson({ email, emailVerified: false });
  expect(await stage.visit(stage.as(member), stranger, 'beginConnection')).toBe('/account');
  await setAnew();
  expect(await stage.visit(createVisitor(), stranger)).toBe('/sign-in?error=unverified_email');
  expect((await stage.eventsOf(member.user.id)).at(-1)?.[0]).toBe('account.provider_disconnected');
  const browser = consoleClient(stage.keyward.url);
  await browser.trpc.account.signIn.mutate({ email, password: 'a newer long password' });
  const visitor = createVisitor();
  visitor.hold(stage.keyward.url, browser.cookies());
  const own = newPerson({ email });
  expect(await stage.visit(visitor, own, 'beginConnection')).toBe('/account');
  await setAnew();
  expect(await stage.visit(createVisitor(), own)).toBe('/');
});

describe('confirming by the provider', () => {
  const grow = ({ user }: SignedIn) =>
    stage.keyward.database.execute(
      `update sessions set confirmed_at = now() - interval '1 hour' where user_id = '${user.id}'`,
    );

  test('makes the session fresh, for the identity that is connected alone', async () => {
    const member = await signInMember(stage.keyward, { organizationId: tenant.id });
    const person = newPerson();
    await stage.visit(stage.as(member), person, 'beginConnection');
    await grow(member);
    const wrong = await stage.visit(stage.as(member), newPerson(), 'beginConfirmation');
    expect(wrong).toBe('/confirmed?error=not_yours');
    await expect(member.trpc.account.endOtherSessions.mutate()).rejects.toThrow('Confirm');
    const there = await stage.visit(stage.as(member), person, 'beginConfirmation');
    expect(there).toBe('/confirmed');
    await member.trpc.account.endOtherSessions.mutate();
    expect(await stage.eventsOf(member.user.id)).toContainEqual([
      'account.password_confirmed',
      { by: 'provider' },
    ]);
  });

  test('of an earlier visit, or none, ends in its own window, and leaves the later one good', async () => {
    const member = await signInMember(stage.keyward, { organizationId: tenant.id });
    const person = newPerson();
    const visitor = stage.as(member);
    await stage.visit(visitor, person, 'beginConnection');
    const earlier = await stage.goThere(visitor, person, 'beginConfirmation');
    const later = await stage.goThere(visitor, person, 'beginConfirmation');
    expect(await openBack(visitor, earlier)).toBe('/confirmed?error=ended');
    expect(await openBack(visitor, later)).toBe('/confirmed');
    expect(await openBack(visitor, later)).toBe('/confirmed?error=ended');
  });

  test('connecting and disconnecting ask for the password themselves', async () => {
    const member = await signInMember(stage.keyward, { organizationId: tenant.id });
    await grow(member);
    const { provider } = member.trpc.account;
    await expect(provider.beginConnection.mutate()).rejects.toThrow('Confirm');
    await expect(provider.disconnect.mutate({ issuer: 'x' })).rejects.toThrow('Confirm');
  });

  test('the only way in is not disconnected', async () => {
    const visitor = createVisitor();
    await stage.visit(visitor, newPerson());
    const { issuer } = stage.id.settings;
    await expect(stage.call(visitor, 'account.provider.disconnect', { issuer })).rejects.toThrow(
      'your only way to sign in',
    );
    expect(await stage.call(visitor, 'account.ways')).toEqual({
      password: false,
      passkey: false,
      provider: true,
    });
  });

  test('nor while only a provider is left that is not configured any more', async () => {
    const visitor = createVisitor();
    await stage.visit(visitor, newPerson());
    const { user } = await stage.sessionOf(visitor);
    await stage.keyward.database.execute(`insert into identities (issuer, subject, user_id)
      values ('https://former.example.com', '${user.id}', '${user.id}')`);
    const { issuer } = stage.id.settings;
    await expect(stage.call(visitor, 'account.provider.disconnect', { issuer })).rejects.toThrow(
      'your only way to sign in',
    );
    await stage.call(visitor, 'account.provider.disconnect', {
      issuer: 'https://former.example.com',
    });
  });
});

describe('a provider that is away', () => {
  test('is told in plain words, before and on the way back, and its return is noticed', async () => {
    await using away = await startIdentityProvider();
    await using elsewhere = await startTestKeyward({ oidc: away.settings });
    away.open({ redirectUri: `${elsewhere.url}/auth/callback` });
    away.state.isAway = true;
    const client = consoleClient(elsewhere.url);
    const begin = () => client.trpc.account.provider.beginSignIn.mutate({});
    await expect(begin()).rejects.toThrow('Example ID cannot be reached right now');
    away.state.isAway = false;
    const { url } = await begin();
    const visitor = createVisitor();
    visitor.hold(elsewhere.url, client.cookies());
    away.state.present = newPerson();
    const back = await visitor.goUntil(url, `${elsewhere.url}/auth/callback`);
    away.state.isAway = true;
    expect(await openBack(visitor, back)).toBe('/sign-in?error=away');
  });

  test('or that refuses says so', async () => {
    expect(await stage.visit(createVisitor(), null)).toBe('/sign-in?error=denied');
  });
});

describe('without leave to sign up', () => {
  test('nobody gets an account, but for who comes by an invitation to their own email', async () => {
    await using theirs = await startIdentityProvider();
    await using closed = await startTestKeyward({ oidc: theirs.settings });
    // One that tells the email in the token, where the others keep it for who asks.
    theirs.open({ redirectUri: `${closed.url}/auth/callback`, tellsInToken: true });
    const { organizationId } = closed.bootstrap;
    const admin = await signInMember(closed, { organizationId, role: 'admin' });
    const invite = async (email: string) => {
      const made = await admin
        .within(organizationId)
        .members.invite.mutate({ email, role: 'member' });
      return made.url.split('#')[1] ?? '';
    };
    const come = async (person: Person, invitation?: string) => {
      const client = consoleClient(closed.url);
      const input = invitation === undefined ? {} : { invitation };
      const { url } = await client.trpc.account.provider.beginSignIn.mutate(input);
      const visitor = createVisitor();
      visitor.hold(closed.url, client.cookies());
      theirs.state.present = person;
      return openBack(visitor, await visitor.goUntil(url, `${closed.url}/auth/callback`));
    };
    const ida = newPerson();
    expect(await come(ida)).toBe('/sign-in?error=no_account');
    const invitation = await invite(ida.email ?? '');
    expect(await come(newPerson(), invitation)).toBe('/sign-in?error=invitation_mismatch');
    expect(await come(newPerson(), 'made up')).toBe('/sign-in?error=invitation_mismatch');
    expect(await come(ida, invitation)).toBe('/');
    const members = await admin.within(organizationId).members.list.query();
    expect(members.map(({ email }) => email)).toContain(ida.email);
    expect(await come(ida, invitation)).toBe('/sign-in?error=invitation_mismatch');
    expect(await come(ida)).toBe('/');
  });
});
