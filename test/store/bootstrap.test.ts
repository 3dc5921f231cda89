import { bootstrapInstance } from '@keyward/server/accounts/bootstrap-instance';
import { createAccount } from '@keyward/server/accounts/create-account';
import { signIn } from '@keyward/server/accounts/sign-in';
import { authenticateKey } from '@keyward/server/verification/authenticate-key';
import { startUsageRecorder } from '@keyward/server/verification/usage/usage-recorder';
import { builtInResources } from '@keyward/shared/permissions';
import { describe, expect, test } from 'vitest';
import { leaselessVerifier } from '../support/leaseless-verifier.ts';
import { refusalOf, tally } from '../support/refusal.ts';
import { createTestStore, type TestStore } from '../support/test-store.ts';

const input = {
  email: 'olga@example.com',
  name: 'Olga Operator',
  password: 'correct horse battery staple',
  organization: 'Acme Inc.',
};

const bootstrap = (store: TestStore, changes: Partial<typeof input> = {}) =>
  bootstrapInstance(store.system, { ...input, ...changes });

describe('bootstrap', () => {
  test('makes the operator, who owns the organization, and a key that manages everything', async () => {
    await using store = await createTestStore();
    const made = await bootstrap(store);
    const { actor } = await signIn(store.system, input, false);
    expect(actor).toMatchObject({ userId: made.userId, isOperator: true, name: 'Olga Operator' });
    const rows = await store.sql`select o.slug, o.name, m.user_id, m.role from organizations o
      join memberships m on m.organization_id = o.id where o.id = ${made.organizationId}`;
    expect(rows.map((row) => ({ ...row }))).toEqual([
      { slug: 'acme-inc', name: 'Acme Inc.', user_id: made.userId, role: 'owner' },
    ]);
    const usage = startUsageRecorder(store.database, (error) => {
      throw error;
    });
    const key = await authenticateKey(leaselessVerifier(store.database, usage), {
      plaintextSecret: made.secret,
      address: null,
    });
    await usage.stop();
    expect(key).toMatchObject({
      keyId: made.keyId,
      organizationId: made.organizationId,
      userId: null,
      allOrganizations: true,
    });
    const everything = builtInResources.flatMap((resource) =>
      resource.actions.map((action) => `${resource.name}:${action.name}`),
    );
    expect([...key.permissions].sort()).toEqual(everything.sort());
    expect(await store.tablesHolding(made.secret)).toEqual([]);
    expect(await store.tablesHolding(input.password)).toEqual([]);
  });

  test('refuses on an instance that somebody has signed up to, and changes nothing', async () => {
    await using store = await createTestStore();
    const first = { email: 'ada@example.com', name: 'Ada', password: input.password };
    await createAccount(store.system, first, 'open');
    const before = await store.fingerprint();
    expect((await refusalOf(bootstrap(store))).code).toBe('conflict');
    expect(await store.fingerprint()).toEqual(before);
  });

  test('refuses the second time, with other names too', async () => {
    await using store = await createTestStore();
    await bootstrap(store);
    const before = await store.fingerprint();
    const other = { email: 'eve@example.com', organization: 'Other' };
    expect((await refusalOf(bootstrap(store, other))).code).toBe('conflict');
    expect(await store.fingerprint()).toEqual(before);
  });

  test('run five times at once makes one instance', async () => {
    await using store = await createTestStore();
    const runs = Array.from({ length: 5 }, (_, index) =>
      bootstrap(store, { email: `operator-${index}@example.com`, organization: `Acme ${index}` }),
    );
    expect(await tally(runs)).toEqual({ done: 1, conflict: 4 });
    const [row] = await store.sql`select (select count(*)::int from users) as users,
      (select count(*)::int from organizations) as organizations,
      (select count(*)::int from keys) as keys`;
    expect({ ...row }).toEqual({ users: 1, organizations: 1, keys: 1 });
  });

  test('leaves nothing behind when its last step fails, and can be run again', async () => {
    await using store = await createTestStore();
    const { sql } = store;
    await sql`update services set disabled_at = now() where slug = 'keyward'`;
    const before = await store.fingerprint();
    await expect(bootstrap(store)).rejects.toThrow('keyward is disabled');
    expect(await store.fingerprint()).toEqual(before);
    await sql`update services set disabled_at = null where slug = 'keyward'`;
    expect((await bootstrap(store)).secret).toMatch(/^kw_live_/);
  });

  test('leaves nothing behind when the event of its key cannot be written', async () => {
    await using store = await createTestStore();
    const { sql } = store;
    await sql`alter table audit_events add constraint refuse check (action <> 'key.created')`;
    const before = await store.fingerprint();
    await expect(bootstrap(store)).rejects.toThrow();
    expect(await store.fingerprint()).toEqual(before);
  });

  test('with a name that makes no slug is refused, and leaves nothing behind', async () => {
    await using store = await createTestStore();
    const before = await store.fingerprint();
    expect((await refusalOf(bootstrap(store, { organization: '株式会社' }))).code).toBe(
      'invalid_request',
    );
    expect(await store.fingerprint()).toEqual(before);
  });
});
