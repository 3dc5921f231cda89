import { changePassword } from '@keyward/server/accounts/change-password';
import { completeSignIn } from '@keyward/server/accounts/second-factor/challenge';
import {
  getSecondFactor,
  offerAuthenticator,
  renewRecoveryCodes,
  turnOffSecondFactor,
  turnOnSecondFactor,
} from '@keyward/server/accounts/second-factor/manage-second-factor';
import { openSessions } from '@keyward/server/accounts/sessions';
import { signIn } from '@keyward/server/accounts/sign-in';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { codeOfApp } from '../support/authenticator.ts';
import { refusalOf, tally } from '../support/refusal.ts';
import {
  accountPassword,
  anotherSession,
  contextOf,
  type SignedInContext,
  sentBack,
  signUpSomebody,
  stale,
} from '../support/signed-in-context.ts';
import { createTestStore, type TestStore } from '../support/test-store.ts';
import { whileHeld } from '../support/while-held.ts';

let store: TestStore;
let ada: SignedInContext;
let secret: string;
/** The code by which the second factor was turned on. */
let firstCode: string;
let recoveryCodes: string[];
beforeAll(async () => {
  store = await createTestStore();
});
afterAll(() => store[Symbol.asyncDispose]());
beforeEach(async () => {
  await store.sql`delete from guesses`;
  ada = await signUpSomebody(store);
  ({ secret } = await offerAuthenticator(ada));
  firstCode = codeOfApp(secret);
  recoveryCodes = (await turnOnSecondFactor(ada, firstCode)) ?? [];
});

const codeOf = async (answer: Promise<unknown>) => (await refusalOf(answer)).code;

/** The first step, which must ask for the second. */
async function challengeOf({ actor: { email } }: SignedInContext): Promise<string> {
  const answer = await signIn(store.system, { email, password: accountPassword }, false);
  if (answer.actor !== null) {
    throw new Error('No code was asked for.');
  }
  return answer.challenge.token;
}

/** The code that follows it. The next one is taken early, so that no test ends with a step. */
const nextCode = () => codeOfApp(secret, 1);

const complete = (challenge: string, code: string) =>
  completeSignIn(store.system, { challenge, code }, false);

describe('signing in with a second factor', () => {
  test('gives a session only after the code, and the session says so', async () => {
    const before = await store.sql`select from sessions where user_id = ${ada.actor.userId}`;
    const challenge = await challengeOf(ada);
    expect(await store.sql`select from sessions where user_id = ${ada.actor.userId}`).toHaveLength(
      before.length,
    );
    expect(await store.tablesHolding(challenge)).toEqual([]);
    const { cookie } = await complete(challenge, nextCode());
    const { actor } = await contextOf(store, sentBack(cookie));
    expect(actor).toMatchObject({ ...ada.actor, session: { hasSecondFactor: true } });
    const [event] = await store.sql`select data from audit_events
      where target_id = ${ada.actor.userId} and action = 'account.signed_in'`;
    expect(event?.data).toEqual({ secondFactor: 'authenticator' });
  });

  test('takes each code once, of many sign-ins at once too', async () => {
    const challenges = [];
    for (let index = 0; index < 4; index += 1) {
      challenges.push(await challengeOf(ada));
    }
    const code = nextCode();
    expect(await tally(challenges.map((challenge) => complete(challenge, code)))).toEqual({
      done: 1,
      wrong_code: 3,
    });
    // The code by which it was turned on is used up as well.
    expect(await codeOf(complete(await challengeOf(ada), firstCode))).toBe('wrong_code');
  });

  test('takes a challenge once, for ten minutes, and none that was made up', async () => {
    const challenge = await challengeOf(ada);
    await complete(challenge, nextCode());
    expect(await codeOf(complete(challenge, recoveryCodes[0] ?? ''))).toBe('sign_in_ended');
    expect(await codeOf(complete('x', recoveryCodes[0] ?? ''))).toBe('sign_in_ended');
    const late = await challengeOf(ada);
    await store.sql`update sign_in_challenges set expires_at = now()`;
    expect(await codeOf(complete(late, recoveryCodes[0] ?? ''))).toBe('sign_in_ended');
  });

  test('takes no code of somebody else', async () => {
    const bob = await signUpSomebody(store);
    const { secret: theirs } = await offerAuthenticator(bob);
    await turnOnSecondFactor(bob, codeOfApp(theirs));
    const challenge = await challengeOf(bob);
    for (const code of [nextCode(), ...recoveryCodes.slice(0, 2)]) {
      expect(await codeOf(complete(challenge, code))).toBe('wrong_code');
    }
  });

  test('26: guessing codes is throttled as passwords are', async () => {
    const challenge = await challengeOf(ada);
    const shown = [-1, 0, 1, 2].map((steps) => codeOfApp(secret, steps));
    const wrong = ['000000', '000001', '000002', '000003', '000004'].find(
      (one) => !shown.includes(one),
    );
    const guesses = Array.from({ length: 9 }, () => complete(challenge, wrong ?? ''));
    expect(await tally(guesses)).toEqual({ wrong_code: 5, too_many_attempts: 4 });
    expect(await codeOf(complete(challenge, nextCode()))).toBe('too_many_attempts');
  });

  test('25: is not gone on with after the password was changed', async () => {
    const challenge = await challengeOf(ada);
    await changePassword(ada, { present: accountPassword, next: 'another password' }, false);
    expect(await codeOf(complete(challenge, nextCode()))).toBe('sign_in_ended');
  });
});

describe('recovery codes', () => {
  test('are ten, rest as hashes alone, and are good once each, however they are typed', async () => {
    expect(new Set(recoveryCodes).size).toBe(10);
    for (const code of recoveryCodes) {
      expect(code).toMatch(/^([0-9a-z]{4}-){3}[0-9a-z]{4}$/);
      expect(await store.tablesHolding(code)).toEqual([]);
      expect(await store.tablesHolding(code.replaceAll('-', ''))).toEqual([]);
    }
    const [first = '', second = ''] = recoveryCodes;
    await complete(await challengeOf(ada), first);
    await complete(await challengeOf(ada), second.toUpperCase().replaceAll('-', ' '));
    expect(await codeOf(complete(await challengeOf(ada), first))).toBe('wrong_code');
    expect((await getSecondFactor(ada)).recoveryCodesLeft).toBe(8);
  });

  test('end when new ones are made', async () => {
    const renewed = await renewRecoveryCodes(ada);
    expect(await codeOf(complete(await challengeOf(ada), recoveryCodes[0] ?? ''))).toBe(
      'wrong_code',
    );
    await complete(await challengeOf(ada), renewed[0] ?? '');
  });
});

describe('turning a second factor on', () => {
  test('takes a code of the app that was offered last', async () => {
    const bob = await signUpSomebody(store);
    const first = await offerAuthenticator(bob);
    const second = await offerAuthenticator(bob);
    expect(second.uri).toContain(second.secret);
    expect(await codeOf(turnOnSecondFactor(bob, codeOfApp(first.secret)))).toBe('wrong_code');
    const { email } = bob.actor;
    const answer = await signIn(store.system, { email, password: accountPassword }, false);
    expect(answer.actor?.email).toBe(email);
    await turnOnSecondFactor(bob, codeOfApp(second.secret));
    expect((await getSecondFactor(bob)).since).not.toBeNull();
    expect((await contextOf(store, bob.cookies)).actor.session?.hasSecondFactor).toBe(true);
  });

  test('is not done over one that is on', async () => {
    expect(await codeOf(offerAuthenticator(ada))).toBe('conflict');
    expect(await codeOf(turnOnSecondFactor(ada, codeOfApp(secret)))).toBe('wrong_code');
  });
});

describe('turning it off', () => {
  test('leaves the password alone sufficing, and no session with a second factor', async () => {
    await turnOffSecondFactor(ada);
    expect(await getSecondFactor(ada)).toEqual({ since: null, isOn: false, recoveryCodesLeft: 0 });
    expect((await contextOf(store, ada.cookies)).actor.session?.hasSecondFactor).toBe(false);
    const { email } = ada.actor;
    const answer = await signIn(store.system, { email, password: accountPassword }, false);
    expect(answer.actor?.email).toBe(email);
    expect(await codeOf(turnOffSecondFactor(ada))).toBe('conflict');
  });

  test('asks for the password after 15 minutes, as all of this does', async () => {
    const later = await stale(store, ada);
    const before = await store.fingerprint();
    for (const refused of [
      turnOffSecondFactor(later),
      renewRecoveryCodes(later),
      offerAuthenticator(later),
      turnOnSecondFactor(later, codeOfApp(secret)),
    ]) {
      expect(await codeOf(refused)).toBe('confirmation_required');
    }
    expect(await store.fingerprint()).toEqual(before);
  });

  test('while it signs in refuses that, and neither waits for the other', async () => {
    const challenge = await challengeOf(ada);
    const { userId } = ada.actor;
    const outcome = await whileHeld(store.database, userId, {
      call: () => complete(challenge, nextCode()),
      change: `delete from authenticators where user_id = '${userId}'`,
    });
    expect(outcome).toContain('newest code of your app');
  });

  test('is written down, as every step is', async () => {
    await renewRecoveryCodes(ada);
    await turnOffSecondFactor(ada);
    const rows = await store.sql`select action, data from audit_events
      where target_id = ${ada.actor.userId} and chain = 'instance' order by number`;
    expect(rows.map(({ action }) => action)).toEqual([
      'account.created',
      'account.authenticator_offered',
      'account.second_factor_on',
      'account.recovery_codes_renewed',
      'account.second_factor_off',
    ]);
    expect(JSON.stringify(rows)).not.toContain(secret);
  });
});

describe('turning it on signs out everywhere else', () => {
  test('so that no session from before, whose password was learnt, can turn it off again', async () => {
    const bob = await signUpSomebody(store);
    const other = await anotherSession(store, bob);
    const { secret: theirs } = await offerAuthenticator(bob);
    await turnOnSecondFactor(bob, codeOfApp(theirs));
    expect(await openSessions(store.database, false).find(other.cookies)).toBeNull();
    // What that session had begun is refused as well.
    const next = 'another long password';
    const late = changePassword(other, { present: accountPassword, next }, false);
    expect(await codeOf(late)).toBe('not_signed_in');
    const rows = await store.sql`select has_second_factor from sessions
      where user_id = ${bob.actor.userId}`;
    expect(rows.map((row) => row.has_second_factor)).toEqual([true]);
  });

  test('and a sign-in by the password alone that is under way at that moment too', async () => {
    const bob = await signUpSomebody(store);
    const { secret: theirs } = await offerAuthenticator(bob);
    const { email } = bob.actor;
    const on = turnOnSecondFactor(bob, codeOfApp(theirs));
    const answers = Array.from({ length: 4 }, () =>
      signIn(store.system, { email, password: accountPassword }, false),
    );
    await Promise.all([on, ...answers]);
    const rows = await store.sql`select from sessions
      where user_id = ${bob.actor.userId} and not has_second_factor`;
    expect(rows).toHaveLength(0);
  });
});
