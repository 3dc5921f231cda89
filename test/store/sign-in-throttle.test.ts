import { createAccount } from '@keyward/server/accounts/create-account';
import { pruneAccounts } from '@keyward/server/accounts/prune-accounts';
import { signIn } from '@keyward/server/accounts/sign-in';
import { signUp } from '@keyward/server/accounts/sign-up';
import { signInInput } from '@keyward/shared/accounts';
import { DomainError } from '@keyward/shared/errors';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { refusalOf, tally } from '../support/refusal.ts';
import { tamper } from '../support/tamper.ts';
import { createTestStore, type TestStore } from '../support/test-store.ts';
import { uniqueName } from '../support/unique-name.ts';

const verified = vi.hoisted(() => ({ hashes: [] as string[] }));
const hashed = vi.hoisted(() => ({ count: 0 }));
vi.mock('../../server/node_modules/@node-rs/argon2/index.js', async (original) => {
  const real =
    await original<typeof import('../../server/node_modules/@node-rs/argon2/index.js')>();
  return {
    ...real,
    hash: (...given: Parameters<typeof real.hash>) => {
      hashed.count += 1;
      return real.hash(...given);
    },
    verify: (hash: string, password: string) => {
      verified.hashes.push(hash);
      return real.verify(hash, password);
    },
  };
});

let store: TestStore;
beforeAll(async () => {
  store = await createTestStore();
});
afterAll(() => store[Symbol.asyncDispose]());
beforeEach(async () => {
  await store.sql`delete from guesses`;
  verified.hashes.length = 0;
});

const password = 'correct horse battery staple';
const unknownEmail = () => `${uniqueName('nobody')}@example.com`;

async function makeAccount(): Promise<string> {
  const email = `${uniqueName('ada')}@example.com`;
  await createAccount(store.system, { email, name: 'Ada', password }, 'open');
  await tamper(
    store.sql,
    (sql) => sql`update audit_events set address = null where data ->> 'email' = ${email}`,
  );
  return email;
}

/** An attempt as it comes in on a node of its own pool. */
function attempt(email: string, typed: string, address: string, database = store.database) {
  const input = signInInput.parse({ email, password: typed });
  return signIn({ ...store.system, database, address }, input, false);
}

const codeOf = async (answer: Promise<unknown>) => (await refusalOf(answer)).code;
const wrong = (email: string, address: string) => attempt(email, 'wrong password', address);

async function fail(times: number, email: string, address: (index: number) => string) {
  for (let index = 0; index < times; index += 1) {
    expect(await codeOf(wrong(email, address(index)))).toBe('wrong_credentials');
  }
}

const here = '203.0.113.9';
const home = '198.51.100.7';

describe('26: sign-in by brute force', () => {
  test('from one place is let through five times, of sixty at once over two nodes too', async () => {
    const email = await makeAccount();
    const nodes = [store.connect(6), store.connect(6)];
    const answers = Array.from({ length: 60 }, (_, index) =>
      attempt(email, `guess ${index}`, here, nodes[index % 2]),
    );
    expect(await tally(answers)).toEqual({ wrong_credentials: 5, too_many_attempts: 55 });
    expect(verified.hashes).toHaveLength(5);
    expect(await codeOf(attempt(email, password, here))).toBe('too_many_attempts');
  });

  test('from many places is let through twenty times for one account', async () => {
    const email = await makeAccount();
    await fail(20, email, (index) => `192.0.2.${index}`);
    expect(await codeOf(wrong(email, '192.0.2.99'))).toBe('too_many_attempts');
  });

  test('of many accounts from one place is let through fifty times', async () => {
    for (let index = 0; index < 50; index += 1) {
      await fail(1, unknownEmail(), () => here);
    }
    expect(await codeOf(wrong(unknownEmail(), here))).toBe('too_many_attempts');
    await fail(1, unknownEmail(), () => home);
  });

  test('from one /64 of IPv6 is from one place, however many addresses it has', async () => {
    const email = await makeAccount();
    await fail(5, email, (index) => `2001:db8:1:2::${index + 1}`);
    expect(await codeOf(wrong(email, '2001:db8:1:2:ffff::1'))).toBe('too_many_attempts');
    await fail(1, email, () => '2001:db8:1:3::1');
  });
});

describe('a victim', () => {
  test('is not held up elsewhere by what a stranger tries from one place', async () => {
    const email = await makeAccount();
    await fail(5, email, () => here);
    expect(await codeOf(wrong(email, here))).toBe('too_many_attempts');
    expect((await attempt(email, password, home)).actor).toMatchObject({ email });
  });

  test('gets in from a familiar place while the account is tried from everywhere', async () => {
    const email = await makeAccount();
    await attempt(email, password, home);
    await fail(20, email, (index) => `192.0.2.${index}`);
    expect(await codeOf(attempt(email, password, here))).toBe('too_many_attempts');
    expect((await attempt(email, password, home)).actor).toMatchObject({ email });
  });

  test('is let in again when the window ends, which knocking does not put off', async () => {
    const email = await makeAccount();
    await fail(5, email, () => here);
    const before = await store.fingerprint();
    await codeOf(wrong(email, here));
    expect(await store.fingerprint()).toEqual(before);
    await store.sql`update guesses set ends_at = now()`;
    expect((await attempt(email, password, here)).actor).toMatchObject({ email });
  });

  test('who gives the right password in the end leaves no count behind', async () => {
    const email = await makeAccount();
    for (let index = 0; index < 8; index += 1) {
      await attempt(email, password, here);
    }
    expect(await store.sql`select from guesses`).toEqual([]);
  });
});

describe('26: an unknown account', () => {
  test('costs one verification with the same parameters, as a known one does', async () => {
    await fail(1, await makeAccount(), () => here);
    await fail(1, unknownEmail(), () => here);
    const parameters = verified.hashes.map((hash) => hash.split('$').slice(1, 4).join('$'));
    expect(parameters).toEqual(Array.from({ length: 2 }, () => 'argon2id$v=19$m=19456,t=2,p=1'));
  });

  test('is throttled at the same attempt and in the same words', async () => {
    const told: string[][] = [];
    for (const email of [await makeAccount(), unknownEmail()]) {
      const answers: string[] = [];
      for (let index = 0; index < 7; index += 1) {
        const { code, detail } = await refusalOf(wrong(email, here));
        answers.push(`${code}: ${detail}`);
      }
      told.push(answers);
    }
    expect(told[0]).toEqual(told[1]);
    expect(verified.hashes).toHaveLength(10);
  });
});

test('a refusal says after how many seconds to try again', async () => {
  const email = await makeAccount();
  await fail(5, email, () => here);
  const error = await wrong(email, here).catch((reason: unknown) => reason);
  const seconds = error instanceof DomainError ? error.retryAfterSeconds : undefined;
  expect(seconds).toBeGreaterThan(60);
  expect(seconds).toBeLessThanOrEqual(15 * 60);
});

test('neither the email nor the address of an attempt rests in the counts, which are pruned', async () => {
  const email = unknownEmail();
  await fail(1, email, () => here);
  expect(await store.tablesHolding(email)).toEqual([]);
  await pruneAccounts(store);
  expect(await store.sql`select from guesses`).toHaveLength(3);
  // The column rounds to the millisecond: the present one may still be to come.
  await store.sql`update guesses set ends_at = now() - interval '1 second'`;
  await pruneAccounts(store);
  expect(await store.sql`select from guesses`).toEqual([]);
});

describe('26: open sign-up', () => {
  const signUpFrom = (address: string, policy: 'open' | 'first' = 'open') =>
    signUp(
      { ...store.system, address },
      { email: unknownEmail(), name: 'Ada', password },
      { policy, secure: false },
    );

  test('is let through twenty times from one place, whether or not the email was free', async () => {
    const taken = await makeAccount();
    const answers = Array.from({ length: 24 }, (_, index) =>
      index % 2 === 0
        ? signUpFrom(here)
        : signUp(
            { ...store.system, address: here },
            { email: taken, name: 'Eve', password },
            { policy: 'open', secure: false },
          ),
    );
    const counts = await tally(answers);
    expect((counts.done ?? 0) + (counts.conflict ?? 0)).toBe(20);
    expect(counts.too_many_attempts).toBe(4);
    await signUpFrom(home);
  });

  test('where it is closed to strangers, costs no hash', async () => {
    await makeAccount();
    const before = hashed.count;
    expect(await codeOf(signUpFrom(home, 'first'))).toBe('sign_up_closed');
    expect(hashed.count).toBe(before);
  });
});
