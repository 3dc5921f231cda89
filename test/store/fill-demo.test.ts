import { signUp } from '@keyward/server/accounts/sign-up';
import { fillDemo } from '@keyward/server/demo/fill-demo';
import { isDemo } from '@keyward/server/demo/is-demo';
import { presetNames } from '@keyward/shared/service-presets';
import { expect, test } from 'vitest';
import { refusalOf } from '../support/refusal.ts';
import { createTestStore } from '../support/test-store.ts';

const say = () => {};

test('the demo fills an empty instance with two organizations, every preset, a hundred keys and a month of traffic', {
  timeout: 60_000,
}, async () => {
  await using store = await createTestStore();
  expect(await isDemo(store.database)).toBe(false);
  const said: string[] = [];
  const password = await fillDemo(store.system, (message) => said.push(message));
  expect(password).toMatch(/^\d{4}(-\d{4}){3}$/);
  expect(said.length).toBeGreaterThan(2);
  expect(await isDemo(store.database)).toBe(true);
  const [counts] = await store.sql`select
    (select count(*)::int from organizations where name like '%(demo)') as organizations,
    (select count(*)::int from keys) as keys,
    (select count(distinct hour::date)::int from key_usage) as days,
    (select sum(count)::float from key_usage) as calls,
    (select sum(count)::float from organization_usage) as organization_calls,
    (select sum(total_requests)::float from keys where total_requests <> 8412) as valid_calls,
    (select sum(count)::float from key_usage where outcome = 'VALID') as counted_valid_calls,
    (select count(*)::int from key_usage where hour > now()) as future,
    (select count(*)::int from key_secrets) as secrets`;
  expect(counts).toMatchObject({ organizations: 2, future: 0 });
  expect(counts?.keys).toBeGreaterThan(100);
  expect(counts?.days).toBeGreaterThanOrEqual(30);
  expect(counts?.organization_calls).toBe(counts?.calls);
  expect(counts?.valid_calls).toBe(counts?.counted_valid_calls);
  expect(counts?.secrets).toBeGreaterThan(counts?.keys);
  const services = await store.sql`select slug from services order by slug`;
  expect(services.map(({ slug }) => slug)).toEqual([...presetNames, 'keyward'].sort());

  const [wide] = await store.sql`select count(*)::int as count from keys where holds_in_vain`;
  expect(wide?.count).toBeGreaterThan(0);

  const before = await store.fingerprint();
  expect(await fillDemo(store.system, say)).toBeNull();
  expect(await store.fingerprint()).toEqual(before);
});

test('the demo is refused where somebody has an account, and leaves nothing behind', async () => {
  await using store = await createTestStore();
  await store.user();
  const before = await store.fingerprint();
  await expect(fillDemo(store.system, say)).rejects.toThrow('empty instance');
  expect(await store.fingerprint()).toEqual(before);
});

test('a demo that fails on the way leaves no account and no key', async () => {
  await using store = await createTestStore();
  await store.sql`alter table key_addresses rename to key_addresses_away`;
  await expect(fillDemo(store.system, say)).rejects.toThrow();
  const [rows] = await store.sql`select (select count(*) from users)::int as users,
    (select count(*) from keys)::int as keys`;
  expect(rows).toEqual({ users: 0, keys: 0 });
});

test('somebody who signs up while the demo is being made keeps an instance without its services', async () => {
  await using store = await createTestStore();
  const signedUp = Promise.withResolvers<void>();
  const signingUp = Promise.withResolvers<void>();
  const account = store.sql.begin(async (sql) => {
    // As createAccount takes it.
    await sql`select pg_advisory_xact_lock(5398128)`;
    await sql`insert into users (id, email, name, password_hash, is_operator)
      values ('usr_first', 'first@example.com', 'First', 'none', true)`;
    signingUp.resolve();
    await signedUp.promise;
  });
  await signingUp.promise;
  const filling = refusalOf(fillDemo(store.system, say));
  // Whoever waits for the lock has begun.
  await expect
    .poll(async () => {
      const rows =
        await store.sql`select from pg_locks where locktype = 'advisory' and not granted`;
      return rows.length;
    })
    .toBe(1);
  signedUp.resolve();
  await account;
  expect(await filling).toMatchObject({
    code: 'conflict',
    detail: expect.stringContaining('empty instance'),
  });
  const services = await store.sql`select slug from services`;
  expect(services.map(({ slug }) => slug)).toEqual(['keyward']);
});

test('the password is told before anything after the demo’s own transaction can fail', {
  timeout: 60_000,
}, async () => {
  await using store = await createTestStore();
  await store.sql`create function fail() returns trigger language plpgsql
    as $$ begin
      if exists (select from key_secrets where key_id = new.key_id) then raise 'on purpose'; end if;
      return new;
    end $$`;
  await store.sql`create trigger fail before insert on key_secrets
    for each row execute function fail()`;
  const said: string[] = [];
  await expect(fillDemo(store.system, (message) => said.push(message))).rejects.toThrow();
  expect(await isDemo(store.database)).toBe(true);
  expect(said.at(-1)).toMatch(/with the password \d{4}(-\d{4}){3}\. It is told this once/);
});

test('nobody makes an instance seem a demo by signing up as its owner', async () => {
  await using store = await createTestStore();
  const stranger = { email: 'demo@keyward.example', name: 'Mallory', password: 'a long password' };
  const answer = signUp(store.system, stranger, { policy: 'open', secure: true });
  expect((await refusalOf(answer)).code).toBe('conflict');
  expect(await isDemo(store.database)).toBe(false);
});
