import type { OrganizationContext } from '@keyward/server/context';
import { createKey } from '@keyward/server/keys/create-key';
import { judgeUnusedPermissions } from '@keyward/server/keys/judge-unused-permissions';
import { listAttention } from '@keyward/server/keys/list-attention';
import { listKeys } from '@keyward/server/keys/list-keys';
import { getOrganizationUsage } from '@keyward/server/organizations/get-organization-usage';
import { searchKeysInput } from '@keyward/shared/keys';
import { servicePresets } from '@keyward/shared/service-presets';
import { organizationUsageInput } from '@keyward/shared/usage';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { refusalOf } from '../support/refusal.ts';
import {
  createTestStore,
  keyInput,
  type TestOrganization,
  type TestStore,
} from '../support/test-store.ts';

let store: TestStore;
let acme: TestOrganization;
let service: string;
/** Ids by name. */
const ids: Record<string, string> = {};

/** A bot key, and what of its row is to be otherwise: fragments of an update. */
async function make(name: string, change = '', organization: OrganizationContext = acme.admin) {
  const input = keyInput({ service, name, permissions: ['shortLinks:read', 'shortLinks:create'] });
  const { key } = await createKey(organization, { ...input, expiresAt: null });
  ids[name] = key.id;
  if (change !== '') {
    await store.sql.unsafe(`update keys set ${change} where id = '${key.id}'`);
  }
}

const count = (name: string, hoursAgo: number, outcome: string, calls: number) =>
  store.sql`insert into key_usage (key_id, hour, outcome, count) values (${ids[name] ?? ''},
    date_trunc('hour', now()) - make_interval(hours => ${hoursAgo}), ${outcome}, ${calls})`;

const old = `created_at = now() - interval '60 days'`;
const usedNow = `last_used_at = now()`;

beforeAll(async () => {
  store = await createTestStore();
  acme = await store.organization();
  service = await store.service(servicePresets['short-links']);
  await make('new');
  await make('expires in 3 days', `${usedNow}, expires_at = now() + interval '3 days'`);
  await make('expires in 20 days', `${usedNow}, expires_at = now() + interval '20 days'`);
  await make('expired', `${usedNow}, expires_at = now() - interval '1 day'`);
  await make('unused for 40 days', `${old}, last_used_at = now() - interval '40 days'`);
  await make('never used', `created_at = now() - interval '8 days'`);
  await make('never used, revoked', `created_at = now() - interval '8 days', revoked_at = now()`);
  await make('holds too much', `${old}, ${usedNow}`);
  await make('holds what it uses', `${old}, ${usedNow}`);
  await make('refused a lot', usedNow);
  await make('refused a fifth', usedNow);
  await make('called too little', usedNow);
  await make('refused before', usedNow);
  for (const permission of ['shortLinks:read', 'shortLinks:create']) {
    for (const name of ['holds too much', 'holds what it uses']) {
      const day = name === 'holds too much' && permission === 'shortLinks:create' ? 40 : 2;
      await store.sql`insert into key_permission_days (key_id, permission, day)
        values (${ids[name] ?? ''}, ${permission}, (now() at time zone 'UTC')::date - ${day}::int)`;
    }
  }
  await count('refused a lot', 1, 'VALID', 70);
  await count('refused a lot', 1, 'RATE_LIMITED', 12);
  await count('refused a lot', 30, 'IP_NOT_ALLOWED', 10);
  await count('refused a lot', 50, 'IP_NOT_ALLOWED', 8);
  await count('refused a fifth', 1, 'VALID', 80);
  await count('refused a fifth', 1, 'EXPIRED', 20);
  await count('called too little', 1, 'EXPIRED', 19);
  await count('refused before', 8 * 24, 'EXPIRED', 500);
});
afterAll(() => store[Symbol.asyncDispose]());
beforeEach(() => judgeUnusedPermissions(store.system));

const names = ({ data }: { data: { name: string }[] }) => data.map(({ name }) => name);

test('tells which keys want attention, each by its own reason, and no ended one', async () => {
  const found = await listAttention(acme.admin);
  expect(found.keys).toBe(11);
  expect(names(found.expiring)).toEqual(['expires in 3 days']);
  expect(names(found.unused)).toEqual(['unused for 40 days']);
  expect(names(found.neverUsed)).toEqual(['never used']);
  expect(found.refused).toMatchObject({
    count: 1,
    data: [{ name: 'refused a lot', calls: 100, refused: 30, gate: 'IP_NOT_ALLOWED' }],
  });
  expect(found.overPrivileged).toMatchObject({
    count: 1,
    data: [{ name: 'holds too much', unusedPermissions: ['shortLinks:create'] }],
  });
});

test('a whole resource is more than was used until each of its actions was', async () => {
  const beta = await store.organization();
  const { key } = await createKey(
    beta.admin,
    keyInput({ service, permissions: ['shortLinks:*'], name: 'whole' }),
  );
  await store.sql.unsafe(`update keys set ${old}, ${usedNow} where id = '${key.id}'`);
  const use = (action: string) => store.sql`insert into key_permission_days
    values (${key.id}, ${`shortLinks:${action}`}, (now() at time zone 'UTC')::date)`;
  const [first, ...others] = ['create', 'read', 'update', 'delete'];
  await use(first ?? '');
  await judgeUnusedPermissions(store.system);
  const { overPrivileged } = await listAttention(beta.admin);
  expect(overPrivileged.data).toMatchObject([{ unusedPermissions: ['shortLinks:*'] }]);
  for (const action of others) {
    await use(action);
  }
  await judgeUnusedPermissions(store.system);
  expect((await listAttention(beta.admin)).overPrivileged.count).toBe(0);
});

test('lists five of each, the neediest first, and counts them all', async () => {
  const many = await store.organization();
  for (const days of [6, 2, 4, 1, 3, 5, 7]) {
    await make(`${days} days`, `expires_at = now() + make_interval(days => ${days})`, many.admin);
  }
  const { expiring } = await listAttention(many.admin);
  expect(expiring.count).toBe(7);
  expect(names(expiring)).toEqual(['1 days', '2 days', '3 days', '4 days', '5 days']);
});

test.each([
  ['expiring', { expiringWithinDays: 14 }],
  ['unused', { unusedForDays: 30 }],
  ['neverUsed', { neverUsed: true, createdBeforeDays: 7 }],
  ['refused', { refusedALot: true }],
  ['overPrivileged', { overPrivileged: true }],
] as const)('what is counted as %s is what the list of keys then shows', async (reason, filter) => {
  const found = await listAttention(acme.admin);
  const { data } = await listKeys(
    acme.admin,
    searchKeysInput.parse({ ...filter, status: 'active' }),
  );
  expect(data.map(({ id }) => id).sort()).toEqual(found[reason].data.map(({ id }) => id).sort());
  expect(data).toHaveLength(found[reason].count);
});

test('tells which keys were found in the open, and no longer once the secret has retired', async () => {
  const beta = await store.organization();
  const [found, resumed] = [await beta.bot([]), await beta.bot([])];
  for (const { actor } of [found, resumed]) {
    await store.sql`insert into key_exposures (id, key_id, secret_id, reporter, url)
      select 'exp_' || id, key_id, id, 'holder', 'https://example.com' from key_secrets
      where key_id = ${actor.keyId}`;
  }
  await store.sql`update keys set suspended_at = now() where id = ${found.actor.keyId}`;
  const { exposed } = await listAttention(beta.admin);
  // First the one that opens to whoever found it.
  expect(exposed).toMatchObject({
    count: 2,
    data: [
      { id: resumed.actor.keyId, status: 'active', url: 'https://example.com' },
      { id: found.actor.keyId, status: 'suspended' },
    ],
  });
  const list = async () => {
    const { data } = await listKeys(beta.admin, searchKeysInput.parse({ exposed: true }));
    return data.map(({ id }) => id).sort();
  };
  expect(await list()).toEqual(exposed.data.map(({ id }) => id).sort());
  await store.sql`update key_secrets set retired_at = now() where key_id = ${found.actor.keyId}`;
  await store.sql`update keys set revoked_at = now() where id = ${resumed.actor.keyId}`;
  expect((await listAttention(beta.admin)).exposed.count).toBe(0);
  expect(await list()).toEqual([]);
});

test('tells nothing of another organization, and nothing of secrets', async () => {
  const other = await store.organization();
  const found = await listAttention(other.admin);
  expect(found).toMatchObject({ keys: 0, refused: { count: 0, data: [] } });
  expect(JSON.stringify(await listAttention(acme.admin))).not.toMatch(/hash|metadata/i);
});

test('a member is refused; a key needs apiKeys:read and usage:read', async () => {
  expect((await refusalOf(listAttention(acme.member))).code).toBe('insufficient_permissions');
  for (const permission of ['apiKeys:read', 'usage:read'] as const) {
    const refusal = await refusalOf(listAttention(await acme.bot([permission])));
    expect(refusal.code).toBe('insufficient_permissions');
  }
  const reader = await acme.bot(['apiKeys:read', 'usage:read']);
  expect((await listAttention(reader)).unused.count).toBe(1);
});

test('the calls of an organization are told by day and outcome, today included', async () => {
  const beta = await store.organization();
  await store.sql`
    insert into organization_usage (organization_id, hour, outcome, count)
    select ${beta.id}, date_trunc('day', now(), 'UTC') + make_interval(hours => hours), outcome, count
    from (values (0, 'VALID', 7), (0, 'RATE_LIMITED', 2), (-1, 'VALID', 5), (-2, 'VALID', 4),
      (-144, 'REVOKED', 3), (-145, 'VALID', 100)) as row(hours, outcome, count)`;
  const { from, to, buckets } = await getOrganizationUsage(beta.admin, { days: 7 });
  const day = 86_400_000;
  expect(Date.parse(to) - Date.parse(from)).toBeGreaterThanOrEqual(6 * day);
  expect(Date.parse(to) - Date.parse(from)).toBeLessThan(7 * day);
  const ago = ({ at }: { at: string }) => (Date.parse(at) - Date.parse(from)) / day;
  expect(buckets.map((one) => [ago(one), one.outcome, one.count])).toEqual([
    [0, 'REVOKED', 3],
    [5, 'VALID', 9],
    [6, 'RATE_LIMITED', 2],
    [6, 'VALID', 7],
  ]);
  expect((await getOrganizationUsage(beta.admin, { days: 30 })).buckets).toHaveLength(5);
  expect((await getOrganizationUsage(acme.admin, { days: 30 })).buckets).toEqual([]);
});

test('the calls of an organization are for admins and for keys with usage:read', async () => {
  const ask = (context: OrganizationContext) => getOrganizationUsage(context, { days: 7 });
  expect((await refusalOf(ask(acme.member))).code).toBe('insufficient_permissions');
  expect((await refusalOf(ask(await acme.bot(['apiKeys:read'])))).code).toBe(
    'insufficient_permissions',
  );
  expect((await ask(await acme.bot(['usage:read']))).buckets).toEqual([]);
  for (const input of [{}, { days: 0 }, { days: 93 }, { days: 7, more: 1 }]) {
    expect(organizationUsageInput.safeParse(input).success).toBe(false);
  }
});

test('to find who is refused a lot, the calls of those who never were are not read', async () => {
  const large = await store.organization();
  await make('pattern', usedNow, large.admin);
  await store.sql`
    insert into keys (id, organization_id, service_id, kind, environment, tier, name, permissions,
      ip_allowlist, metadata, created_by, last_used_at)
    select 'key_1111111111111111111' || lpad(n::text, 7, '0'), organization_id, service_id, kind, environment,
      tier, 'Worker ' || n, permissions, ip_allowlist, metadata, created_by, last_used_at
    from keys, generate_series(1, 4000) n where id = ${ids.pattern ?? ''}`;
  await store.sql`
    insert into key_usage (key_id, hour, outcome, count)
    select id, date_trunc('hour', now()) - make_interval(hours => h),
      case when h = 1 and right(id, 7)::int % 800 = 0 then 'RATE_LIMITED' else 'VALID' end, 100
    from keys, generate_series(1, 24, 2) h where id like 'key_1111111111%'`;
  await store.sql`analyze`;
  const context = { ...large.admin, database: store.connect(1) };
  const read = async () => {
    // What a connection has read is told when it is asked to, and not at once.
    await context.database.execute('select pg_stat_force_next_flush()');
    const [row] = await store.sql<{ read: number }[]>`
      select (select seq_tup_read from pg_stat_user_tables where relname = 'key_usage')::int +
        (select sum(idx_tup_read) from pg_stat_user_indexes where relname = 'key_usage')::int as read`;
    return row?.read ?? 0;
  };
  const before = await read();
  expect((await listAttention(context)).refused.count).toBe(0);
  const few = searchKeysInput.parse({ refusedALot: true });
  expect((await listKeys(context, few)).data).toEqual([]);
  // Of 48,000 in all.
  expect((await read()) - before).toBeLessThan(10_000);
});
