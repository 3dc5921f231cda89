import { changePassword } from '@keyward/server/accounts/change-password';
import { confirmPassword } from '@keyward/server/accounts/confirm-password';
import {
  endOtherSessions,
  endSession,
  signOutEverywhere,
} from '@keyward/server/accounts/end-sessions';
import { listSessions } from '@keyward/server/accounts/list-sessions';
import { openSessions } from '@keyward/server/accounts/sessions';
import { signIn } from '@keyward/server/accounts/sign-in';
import { updateOrganization } from '@keyward/server/organizations/update-organization';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
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

let store: TestStore;
let ada: SignedInContext;
beforeAll(async () => {
  store = await createTestStore();
});
afterAll(() => store[Symbol.asyncDispose]());
beforeEach(async () => {
  await store.sql`delete from guesses`;
  ada = await signUpSomebody(store);
});

const opens = async ({ cookies }: { cookies: string }) =>
  (await openSessions(store.database, false).find(cookies)) !== null;
const idOf = ({ actor }: SignedInContext) => actor.session?.id ?? '';
const codeOf = async (answer: Promise<unknown>) => (await refusalOf(answer)).code;

async function actionsOf({ actor }: SignedInContext): Promise<string[]> {
  const rows = await store.sql<{ action: string }[]>`select action from audit_events
    where target_id = ${actor.userId} and actor ->> 'id' = ${actor.userId} order by number`;
  return rows.map(({ action }) => action);
}

describe('the list of sessions', () => {
  test('says device, address and last use, this one first, and no other user’s', async () => {
    await signUpSomebody(store);
    const firefox = 'Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0';
    await anotherSession(store, ada, firefox);
    await store.sql`update sessions set last_seen_at = now() - interval '1 hour'
      where id_hash = ${idOf(ada)}`;
    const listed = await listSessions(ada);
    expect(listed.map(({ isThis, device, address }) => ({ isThis, device, address }))).toEqual([
      { isThis: true, device: 'Unknown device', address: '203.0.113.9' },
      { isThis: false, device: 'Firefox on Windows', address: '198.51.100.7' },
    ]);
    expect(Date.parse(listed[0]?.lastSeenAt ?? '')).toBeLessThan(Date.now() - 3_000_000);
    expect(JSON.stringify(listed)).not.toContain(ada.cookies.split('=')[1]);
  });

  test('leaves out what has ended', async () => {
    const old = await anotherSession(store, ada);
    await store.sql`update sessions set expires_at = now() where id_hash = ${idOf(old)}`;
    const older = await anotherSession(store, ada);
    await store.sql`update sessions set created_at = now() - interval '30 days'
      where id_hash = ${idOf(older)}`;
    expect((await listSessions(ada)).map(({ session }) => session)).toEqual([idOf(ada)]);
  });

  test('notes a use every five minutes, from where it came', async () => {
    await store.sql`update sessions set last_seen_at = now() - interval '6 minutes',
      expires_at = expires_at - interval '6 minutes' where id_hash = ${idOf(ada)}`;
    const place = { address: '192.0.2.1', userAgent: 'curl' };
    const sessions = openSessions(store.database, false);
    expect((await sessions.find(ada.cookies, place))?.cookie).not.toBeNull();
    const [row] = await store.sql`select address, last_seen_at > now() - interval '1 minute' as now
      from sessions where id_hash = ${idOf(ada)}`;
    expect(row).toMatchObject({ address: '192.0.2.1', now: true });
    const before = await store.fingerprint();
    expect((await sessions.find(ada.cookies, place))?.cookie).toBeNull();
    expect(await store.fingerprint()).toEqual(before);
  });
});

describe('ending sessions', () => {
  test('ends the one that is named, and it alone', async () => {
    const [second, third] = [await anotherSession(store, ada), await anotherSession(store, ada)];
    await endSession(ada, idOf(second));
    expect([await opens(ada), await opens(second), await opens(third)]).toEqual([
      true,
      false,
      true,
    ]);
    expect(await codeOf(endSession(ada, idOf(second)))).toBe('not_found');
    expect((await actionsOf(ada)).at(-1)).toBe('account.session_ended');
  });

  test('of somebody else is refused as an unknown one, and changes nothing', async () => {
    const bob = await signUpSomebody(store);
    const before = await store.fingerprint();
    const theirs = await refusalOf(endSession(ada, idOf(bob)));
    expect(theirs).toEqual(await refusalOf(endSession(ada, 'x')));
    expect(await store.fingerprint()).toEqual(before);
  });

  test('of all others leaves this one, and everywhere leaves none', async () => {
    const bob = await signUpSomebody(store);
    const second = await anotherSession(store, ada);
    expect(await endOtherSessions(ada)).toEqual({ ended: 1 });
    expect([await opens(ada), await opens(second)]).toEqual([true, false]);
    const third = await anotherSession(store, ada);
    expect(await signOutEverywhere(ada, ada.cookies, false)).toMatch(/^keyward_session=;/);
    expect([await opens(ada), await opens(third), await opens(bob)]).toEqual([false, false, true]);
    expect((await actionsOf(ada)).slice(-2)).toEqual([
      'account.other_sessions_ended',
      'account.signed_out_everywhere',
    ]);
  });
});

describe('25: after a password change', () => {
  const next = 'another long password';

  test('every cookie from before is refused, this one’s too, and a new session stands', async () => {
    const second = await anotherSession(store, ada);
    const { cookie, ended } = await changePassword(ada, { present: accountPassword, next }, false);
    expect(ended).toBe(1);
    expect([await opens(ada), await opens(second)]).toEqual([false, false]);
    expect((await contextOf(store, sentBack(cookie))).actor.userId).toBe(ada.actor.userId);
    expect((await actionsOf(ada)).at(-1)).toBe('account.password_changed');
    const { email } = ada.actor;
    const old = signIn(store.system, { email, password: accountPassword }, false);
    expect(await codeOf(old)).toBe('wrong_credentials');
    expect((await signIn(store.system, { email, password: next }, false)).actor?.email).toBe(email);
    expect(await store.tablesHolding(next)).toEqual([]);
  });

  test('a sign-in that was under way with the old one starts no session', async () => {
    const { email } = ada.actor;
    const answers = Array.from({ length: 4 }, () =>
      signIn(store.system, { email, password: accountPassword }, false),
    );
    const changed = changePassword(ada, { present: accountPassword, next }, false);
    await Promise.allSettled([...answers, changed]);
    // Whoever came first was ended, and whoever came later was refused.
    expect(await store.sql`select from sessions where user_id = ${ada.actor.userId}`).toHaveLength(
      1,
    );
  });

  test('with a wrong present password nothing has changed, and guessing is throttled', async () => {
    const [row] = await store.sql`select password_hash from users where id = ${ada.actor.userId}`;
    const guesses = Array.from({ length: 8 }, (_, index) =>
      changePassword(ada, { present: `guess ${index}`, next }, false),
    );
    expect(await tally(guesses)).toEqual({ wrong_credentials: 5, too_many_attempts: 3 });
    const [after] = await store.sql`select password_hash from users where id = ${ada.actor.userId}`;
    expect(after).toEqual(row);
    expect(await opens(ada)).toBe(true);
  });

  test('to the same password it is refused', async () => {
    const same = { present: accountPassword, next: accountPassword };
    expect(await codeOf(changePassword(ada, same, false))).toBe('invalid_request');
  });
});

describe('what is sensitive', () => {
  test('asks for the password again after 15 minutes, and then does it', async () => {
    const second = await anotherSession(store, ada);
    const later = await stale(store, ada);
    const before = await store.fingerprint();
    for (const refused of [
      endSession(later, idOf(second)),
      endOtherSessions(later),
      signOutEverywhere(later, later.cookies, false),
    ]) {
      expect(await codeOf(refused)).toBe('confirmation_required');
    }
    expect(await store.fingerprint()).toEqual(before);
    await confirmPassword(later, accountPassword);
    await endSession(await contextOf(store, ada.cookies), idOf(second));
    expect(await opens(second)).toBe(false);
    expect(await actionsOf(ada)).toContain('account.password_confirmed');
  });

  test('is confirmed by the right password alone, and for this session alone', async () => {
    const second = await stale(store, await anotherSession(store, ada));
    const later = await stale(store, ada);
    expect(await codeOf(confirmPassword(later, 'wrong password'))).toBe('wrong_credentials');
    expect((await contextOf(store, ada.cookies)).actor.session?.isFresh).toBe(false);
    await confirmPassword(later, accountPassword);
    expect((await contextOf(store, ada.cookies)).actor.session?.isFresh).toBe(true);
    expect((await contextOf(store, second.cookies)).actor.session?.isFresh).toBe(false);
  });

  test('is an operator’s suspension of an organization, but not its name', async () => {
    const { id } = await store.organization();
    await store.sql`update users set is_operator = true where id = ${ada.actor.userId}`;
    const later = await stale(store, ada);
    const suspend = () => updateOrganization(later, id, { status: 'suspended' });
    expect(await codeOf(suspend())).toBe('confirmation_required');
    await updateOrganization(later, id, { name: 'Renamed' });
    await confirmPassword(later, accountPassword);
    const again = await contextOf(store, ada.cookies);
    const { organization } = await updateOrganization(again, id, { status: 'suspended' });
    expect(organization).toMatchObject({ name: 'Renamed', status: 'suspended' });
  });
});
