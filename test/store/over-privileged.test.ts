import { createKey } from '@keyward/server/keys/create-key';
import { judgeUnusedPermissions } from '@keyward/server/keys/judge-unused-permissions';
import { listAttention } from '@keyward/server/keys/list-attention';
import { listKeys } from '@keyward/server/keys/list-keys';
import { listReview } from '@keyward/server/keys/list-review';
import { updateKey } from '@keyward/server/keys/update-key';
import { searchKeysInput } from '@keyward/shared/keys';
import type { Permission } from '@keyward/shared/permissions';
import { servicePresets } from '@keyward/shared/service-presets';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  createTestStore,
  keyInput,
  type TestOrganization,
  type TestStore,
} from '../support/test-store.ts';

let store: TestStore;
let service: string;
beforeAll(async () => {
  store = await createTestStore();
  service = await store.service(servicePresets['short-links']);
});
afterAll(() => store[Symbol.asyncDispose]());

const asked = searchKeysInput.parse({ overPrivileged: true, status: 'active' });

/** A key of 60 days that is in use and exercised `used` today; its id. */
async function make(acme: TestOrganization, used: Permission[]): Promise<string> {
  const permissions: Permission[] = ['shortLinks:read', 'shortLinks:create'];
  const { key } = await createKey(acme.admin, keyInput({ service, permissions }));
  await store.sql`update keys set created_at = now() - interval '60 days', last_used_at = now()
    where id = ${key.id}`;
  for (const permission of used) {
    await use(key.id, permission);
  }
  return key.id;
}

const use = (id: string, permission: string) => store.sql`
  insert into key_permission_days values (${id}, ${permission}, (now() at time zone 'UTC')::date)`;

async function listed(acme: TestOrganization): Promise<string[]> {
  const { data } = await listKeys(acme.admin, asked);
  return data.map(({ id }) => id);
}

const revision = async () => (await store.sql`select revision from authority_revision`)[0];

test('what a key does not use is judged from time to time, and no node has to learn of it', async () => {
  const acme = await store.organization();
  const [wide, fitting] = [
    await make(acme, ['shortLinks:read']),
    await make(acme, ['shortLinks:read', 'shortLinks:create']),
  ];
  const before = await revision();
  const [row] = await store.sql`select updated_at from keys where id = ${wide}`;
  expect(await judgeUnusedPermissions(store.system)).toBe(1);
  expect(await listed(acme)).toEqual([wide]);
  expect(await judgeUnusedPermissions(store.system)).toBe(0);
  await use(wide, 'shortLinks:create');
  // Of what it has used since then nothing is said.
  expect((await listAttention(acme.admin)).overPrivileged.data).toEqual([]);
  await store.sql`delete from key_permission_days where key_id = ${fitting}
    and permission = 'shortLinks:read'`;
  expect(await judgeUnusedPermissions(store.system)).toBe(2);
  expect(await listed(acme)).toEqual([fitting]);
  expect(await revision()).toEqual(before);
  const [after] = await store.sql`select updated_at from keys where id = ${wide}`;
  expect(after).toEqual(row);
});

test('a change of its permissions judges a key at once, both ways', async () => {
  const acme = await store.organization();
  const id = await make(acme, ['shortLinks:read']);
  const change = (...permissions: Permission[]) => updateKey(acme.admin, id, { permissions });
  await change('shortLinks:read', 'shortLinks:update');
  expect(await listed(acme)).toEqual([id]);
  await change('shortLinks:read');
  expect(await listed(acme)).toEqual([]);
  expect(await judgeUnusedPermissions(store.system)).toBe(0);
  await change('shortLinks:*');
  expect(await listed(acme)).toEqual([id]);
  await updateKey(acme.admin, id, { name: 'Renamed' });
  expect(await listed(acme)).toEqual([id]);
  await change();
  expect(await listed(acme)).toEqual([]);
});

test('a key that somebody changes at this moment is left to them', async () => {
  const acme = await store.organization();
  const id = await make(acme, ['shortLinks:read']);
  await store.sql.begin(async (sql) => {
    await sql`select from keys where id = ${id} for update`;
    expect(await judgeUnusedPermissions(store.system)).toBe(0);
  });
  expect(await judgeUnusedPermissions(store.system)).toBe(1);
});

test('neither the overview, the review nor the list reads the days of keys that it does not show', async () => {
  const acme = await store.organization();
  const pattern = await make(acme, []);
  await store.sql`
    insert into keys (id, organization_id, service_id, kind, environment, tier, name, permissions,
      ip_allowlist, metadata, created_by, created_at, last_used_at)
    select 'key_2222222222222222222' || lpad(n::text, 7, '0'), organization_id, service_id, kind, environment,
      tier, 'Worker ' || n, permissions, ip_allowlist, metadata, created_by, created_at, last_used_at
    from keys, generate_series(1, 12000) n where id = ${pattern}`;
  await store.sql`
    insert into key_permission_days (key_id, permission, day)
    select id, permission, (now() at time zone 'UTC')::date - d
    from keys, unnest(permissions) permission, generate_series(0, 3) d
    where id like 'key_2222222222%' and (permission like '%read' or right(id, 2) <> '77')`;
  // More than one page of them.
  expect(await judgeUnusedPermissions(store.system)).toBe(121);
  await store.sql`analyze`;
  const context = { ...acme.admin, database: store.connect(1) };
  const read = async () => {
    // What a connection has read is told when it is asked to, and not at once.
    await context.database.execute('select pg_stat_force_next_flush()');
    const [row] = await store.sql<{ read: number }[]>`
      select (select seq_tup_read from pg_stat_user_tables where relname = 'key_permission_days')::int
        + (select sum(idx_tup_read) from pg_stat_user_indexes
          where relname = 'key_permission_days')::int as read`;
    return row?.read ?? 0;
  };
  const before = await read();
  expect((await listAttention(context)).overPrivileged.count).toBe(121);
  expect((await listReview(context, {})).data[0]?.because).toBe('overPrivileged');
  expect((await listKeys(context, asked)).data).toHaveLength(asked.limit);
  // Of 95,000 in all: those of the fifteen keys whose permissions are shown.
  expect((await read()) - before).toBeLessThan(500);
});
