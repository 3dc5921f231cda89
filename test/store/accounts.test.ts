import { createAccount, type SignUpPolicy } from '@keyward/server/accounts/create-account';
import { signIn } from '@keyward/server/accounts/sign-in';
import { signInInput, signUpInput } from '@keyward/shared/accounts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { letGoTogether } from '../support/let-go-together.ts';
import { refusalOf, tally } from '../support/refusal.ts';
import { createTestStore, type TestStore } from '../support/test-store.ts';
import { uniqueName } from '../support/unique-name.ts';

let store: TestStore;
beforeAll(async () => {
  store = await createTestStore();
});
afterAll(() => store[Symbol.asyncDispose]());

const password = 'correct horse battery staple';

const input = (email = `${uniqueName('ada')}@example.com`) =>
  signUpInput.parse({ email, name: 'Ada Lovelace', password });

const signUp = (policy: SignUpPolicy, who = input(), from = store) =>
  createAccount(from.system, who, policy);

/** As many first accounts at once as given, on an instance of its own, over two pools. */
async function firstSignUps(policy: SignUpPolicy, count: number) {
  await using fresh = await createTestStore();
  const pools = [fresh.connect(6), fresh.connect(6)];
  const signUps = Array.from({ length: count }, (_, index) => {
    const context = { ...fresh.system, database: pools[index % 2] ?? fresh.database };
    return () => createAccount(context, input(), policy);
  });
  const counts = await letGoTogether(fresh, 'users', signUps);
  const [row] = await fresh.sql<{ accounts: number; operators: number }[]>`
    select count(*)::int as accounts, count(*) filter (where is_operator)::int as operators
    from users`;
  return { counts, ...row };
}

describe('the first account', () => {
  test('made twice at once is one operator, and one refusal under `first`', async () => {
    expect(await firstSignUps('first', 2)).toEqual({
      counts: { done: 1, sign_up_closed: 1 },
      accounts: 1,
      operators: 1,
    });
  });

  test('made by ten at once where sign-up is open makes ten accounts and one operator', async () => {
    expect(await firstSignUps('open', 10)).toEqual({
      counts: { done: 10 },
      accounts: 10,
      operators: 1,
    });
  });

  test('is refused where sign-up is closed', async () => {
    expect(await firstSignUps('closed', 1)).toEqual({
      counts: { sign_up_closed: 1 },
      accounts: 0,
      operators: 0,
    });
  });
});

describe('an account', () => {
  test('after the first is refused under `first`, and no operator under `open`', async () => {
    await signUp('open');
    expect((await refusalOf(signUp('first'))).code).toBe('sign_up_closed');
    expect((await signUp('open')).isOperator).toBe(false);
  });

  test('with an email that is taken is a conflict, in whatever case, and made once at once', async () => {
    const email = `${uniqueName('grace')}@example.com`;
    const spellings = [email, email.toUpperCase(), ` ${email} `, email, email];
    const counts = await tally(spellings.map((one) => signUp('open', input(one))));
    expect(counts).toEqual({ done: 1, conflict: 4 });
    expect(await store.sql`select from users where email = ${email}`).toHaveLength(1);
  });

  test('keeps its password as argon2id with OWASP’s parameters, and nowhere else', async () => {
    const { userId } = await signUp('open');
    const [row] = await store.sql`select password_hash from users where id = ${userId}`;
    expect(row?.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[^$]{22}\$[^$]{43}$/);
    expect(await store.tablesHolding(password)).toEqual([]);
  });

  test('has a salt of its own: the same password is never the same hash', async () => {
    const users = [await signUp('open'), await signUp('open')];
    const rows = await store.sql`select distinct password_hash from users
      where id in ${store.sql(users.map((user) => user.userId))}`;
    expect(rows).toHaveLength(2);
  });
});

describe('signing in', () => {
  const signInAs = (email: string, typed: string) =>
    signIn(store.system, signInInput.parse({ email, password: typed }), false);

  test('takes the email in any case, and the password exactly', async () => {
    const { email, userId } = await signUp('open');
    const { actor } = await signInAs(email.toUpperCase(), password);
    expect(actor).toMatchObject({ type: 'user', userId, email, isOperator: false });
    for (const wrong of [password.toUpperCase(), ` ${password}`, `${password} `, 'x']) {
      expect((await refusalOf(signInAs(email, wrong))).code).toBe('wrong_credentials');
    }
  });

  test('with an unknown email is refused exactly as with a wrong password', async () => {
    const { email } = await signUp('open');
    const wrong = await refusalOf(signInAs(email, 'wrong password'));
    const unknown = await refusalOf(signInAs('nobody@example.com', password));
    expect(unknown).toEqual(wrong);
  });

  test('is recorded, and a refused attempt starts no session', async () => {
    const { email, userId } = await signUp('open');
    const count = async () => {
      const [row] = await store.sql`select
        (select count(*)::int from sessions where user_id = ${userId}) as sessions,
        (select count(*)::int from audit_events where target_id = ${userId}
          and action = 'account.signed_in') as events`;
      return { ...row };
    };
    await refusalOf(signInAs(email, 'wrong password'));
    expect(await count()).toEqual({ sessions: 0, events: 0 });
    await signInAs(email, password);
    expect(await count()).toEqual({ sessions: 1, events: 1 });
  });
});
