import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  newPerson,
  openBack,
  type ProviderStage,
  startProviderStage,
} from '../support/provider-stage.ts';
import { createVisitor } from '../support/provider-visit.ts';
import { makeTenant, signInMember, type Tenant } from '../support/tenants.ts';

let stage: ProviderStage;
let tenant: Tenant;
beforeAll(async () => {
  stage = await startProviderStage();
  tenant = await makeTenant(stage.keyward);
});
afterAll(() => stage[Symbol.asyncDispose]());
beforeEach(() => stage.keyward.database.execute('delete from guesses'));

describe('what an attacker tries', () => {
  test('is sent to the provider three hundred times in a quarter of an hour', async () => {
    const ask = () => stage.call(createVisitor(), 'account.provider.beginSignIn');
    await ask();
    await stage.keyward.database.execute('update guesses set count = 299');
    await ask();
    await expect(ask()).rejects.toThrow('too much was asked from your network');
  });

  test('a code with another state, or none, is refused, and the right one still goes through', async () => {
    const visitor = createVisitor();
    const back = await stage.goThere(visitor, newPerson());
    const cookies = visitor.cookies(stage.keyward.url);
    for (const state of ['another', '']) {
      const wrong = new URL(back);
      wrong.searchParams.set('state', state);
      expect(await openBack(visitor, wrong.href)).toBe('/sign-in?error=ended');
      visitor.hold(stage.keyward.url, cookies);
    }
    expect(await openBack(visitor, back)).toBe('/');
  });

  test('19: CSRF: a code in another browser is refused: nobody is signed in to a stranger’s account', async () => {
    const back = await stage.goThere(createVisitor(), newPerson());
    const victim = createVisitor();
    expect(await openBack(victim, back)).toBe('/sign-in?error=ended');
    await stage.call(victim, 'account.provider.beginSignIn');
    expect(await openBack(victim, back)).toBe('/sign-in?error=ended');
    expect((await stage.sessionOf(victim)).user).toBeNull();
  });

  test('an address that was used is refused, and so is its code in a visit of its own', async () => {
    const visitor = createVisitor();
    const back = await stage.goThere(visitor, newPerson());
    const cookies = visitor.cookies(stage.keyward.url);
    await openBack(visitor, back);
    const thief = createVisitor();
    thief.hold(stage.keyward.url, cookies);
    expect(await openBack(thief, back)).toBe('/sign-in?error=ended');
    const other = new URL(await stage.goThere(thief, newPerson()));
    other.searchParams.set('code', new URL(back).searchParams.get('code') ?? '');
    expect(await openBack(thief, other.href)).toBe('/sign-in?error=failed');
  });

  test('the code of another visit is refused, used or not (PKCE)', async () => {
    const theirs = new URL(await stage.goThere(createVisitor(), newPerson()));
    const visitor = createVisitor();
    const own = new URL(await stage.goThere(visitor, newPerson()));
    own.searchParams.set('code', theirs.searchParams.get('code') ?? '');
    expect(await openBack(visitor, own.href)).toBe('/sign-in?error=failed');
  });

  test('an answer with another nonce is refused', async () => {
    const visitor = createVisitor();
    const { url } = await stage.call(visitor, 'account.provider.beginSignIn');
    const wrong = new URL(url);
    wrong.searchParams.set('nonce', 'another');
    stage.id.state.present = newPerson();
    const back = await visitor.goUntil(wrong.href, `${stage.keyward.url}/auth/callback`);
    expect(await openBack(visitor, back)).toBe('/sign-in?error=failed');
    expect((await stage.sessionOf(visitor)).user).toBeNull();
  });

  test('an answer that comes after ten minutes is refused', async () => {
    const visitor = createVisitor();
    const back = await stage.goThere(visitor, newPerson());
    await stage.keyward.database.execute('update provider_visits set expires_at = now()');
    expect(await openBack(visitor, back)).toBe('/sign-in?error=ended');
  });

  test('a way back to another site is not taken', async () => {
    for (const returnTo of [
      '//evil.example',
      'https://evil.example',
      '/\\evil.example',
      '/ evil',
    ]) {
      await expect(
        stage.call(createVisitor(), 'account.provider.beginSignIn', { returnTo }),
      ).rejects.toThrow('path of the console');
    }
  });

  test('an identity of somebody else is not connected a second time', async () => {
    const person = newPerson();
    await stage.visit(createVisitor(), person);
    const member = await signInMember(stage.keyward, { organizationId: tenant.id });
    expect(await stage.visit(stage.as(member), person, 'beginConnection')).toBe(
      '/account?error=identity_taken',
    );
    expect(await member.trpc.account.provider.identities.query()).toEqual([]);
  });

  test('a connection that was begun in another session is refused', async () => {
    const [one, two] = [
      await signInMember(stage.keyward, { organizationId: tenant.id }),
      await signInMember(stage.keyward, { organizationId: tenant.id }),
    ];
    const visitor = stage.as(one);
    const back = await stage.goThere(visitor, newPerson(), 'beginConnection');
    visitor.hold(stage.keyward.url, two.cookies());
    expect(await openBack(visitor, back)).toBe('/account?error=ended');
  });
});
