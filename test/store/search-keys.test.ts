import { createKey } from '@keyward/server/keys/create-key';
import { judgeUnusedPermissions } from '@keyward/server/keys/judge-unused-permissions';
import { listKeys } from '@keyward/server/keys/list-keys';
import { searchKeysInput } from '@keyward/shared/keys';
import { builtInResources } from '@keyward/shared/permissions';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';
import {
  createTestStore,
  keyInput,
  type TestOrganization,
  type TestStore,
} from '../support/test-store.ts';

/** More than are searched one by one before an index is asked. */
const count = 7000;

interface Row {
  id: string;
  name: string;
  external_id: string | null;
  kind: string;
  environment: string;
  status: string;
  user_id: string | null;
  permissions: string[];
  /** Exercised in the last 30 days. */
  exercised: string[];
  created_at: Date;
  last_used_at: Date | null;
  expires_at: Date | null;
}

let store: TestStore;
let acme: TestOrganization;
let rows: Row[];
beforeAll(async () => {
  store = await createTestStore();
  acme = await store.organization();
  const { key } = await createKey(acme.admin, keyInput({ service: 'keyward', name: 'Pattern' }));
  const owner = acme.member.actor.userId;
  await store.sql`
    insert into keys (id, organization_id, service_id, kind, user_id, environment, tier, name, permissions,
      ip_allowlist, metadata, created_by, external_id, suspended_at, revoked_at, expires_at,
      created_at, last_used_at)
    select 'key_0000000000000000000' || lpad(n::text, 7, '0'), organization_id, service_id,
      case when n % 250 = 9 then 'user' else kind end, case when n % 250 = 9 then ${owner} end,
      case when n % 3500 = 7 then 'test' else environment end, tier,
      case when n = 3 then 'Odd 100%_Bird' when n % 2 = 0 then 'Importer ' || n else 'Worker ' || n end,
      case when n % 500 = 3 then array['apiKeys:*'] when n % 400 = 5 then array['apiKeys:read', 'usage:read']
        else permissions end, ip_allowlist, metadata, created_by,
      case when n % 1000 = 1 then 'Customer-' || n end,
      case when n % 900 = 0 then now() end, case when n % 1100 = 0 then now() end,
      case when n % 700 = 0 then now() - interval '1 day' when n % 600 < 2 then now() + interval '10 days'
        when n % 600 = 5 then now() + interval '20 days' end,
      now() - make_interval(days => case when n % 1500 = 3 then 20 else 40 end),
      case when n % 1200 = 5 then now() - interval '35 days' when n % 1300 <> 0 then now() end
    from keys, generate_series(1, ${count}) n where id = ${key.id}`;
  await store.sql`
    insert into key_permission_days (key_id, permission, day)
    select id, permission, current_date - case when n % 800 = 405 and permission = 'usage:read' then 31 else 2 end
    from (select id, permissions, right(id, 7)::int as n from keys where id like 'key_0000000000%') keys,
      unnest(case when n % 1000 = 3 then array['apiKeys:create', 'apiKeys:read', 'apiKeys:update',
        'apiKeys:delete', 'apiKeys:verify'] else array['apiKeys:read', 'usage:read'] end) as permission
    where permissions <> '{}'`;
  await judgeUnusedPermissions(store.system);
  await store.sql`analyze`;
  rows = [
    ...(await store.sql<Row[]>`select id, name, external_id, kind, environment,
      case when revoked_at is not null then 'revoked' when expires_at <= now() then 'expired'
        when suspended_at is not null then 'suspended' else 'active' end as status,
      user_id, permissions, created_at, last_used_at, expires_at,
      array(select permission from key_permission_days
        where key_id = id and day > current_date - 30) as exercised
      from keys where organization_id = ${acme.id} order by id desc`),
  ];
});
afterAll(() => store[Symbol.asyncDispose]());

async function idsOf(query: z.input<typeof searchKeysInput>): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listKeys(
      acme.admin,
      searchKeysInput.parse({ ...query, limit: 200, cursor }),
    );
    ids.push(...page.data.map((key) => key.id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return ids;
}

const holds = (text: string | null, part: string) =>
  text?.toLowerCase().includes(part.toLowerCase()) === true;

const daysAgo = (days: number) => Date.now() - days * 86_400_000;

/** Whether a plain look at the key finds that it was used, and not for all that it holds. */
function isOverPrivileged({ permissions, exercised, created_at, last_used_at }: Row): boolean {
  const held = permissions.flatMap((permission) => {
    const resource = builtInResources.find(({ name }) => permission === `${name}:*`);
    return resource === undefined
      ? [permission]
      : resource.actions.map((action) => `${resource.name}:${action.name}`);
  });
  return (
    created_at.getTime() < daysAgo(30) &&
    (last_used_at?.getTime() ?? 0) > daysAgo(30) &&
    held.some((permission) => !exercised.includes(permission))
  );
}

const isLiving = ({ status }: Row) => status === 'active' || status === 'suspended';

test('all pages of any filter together are what a plain look at every key finds', async () => {
  const query = fc.record(
    {
      q: fc.constantFrom('importer', 'BIRD', '100%_', '%', 'customer-', 'er 69', 'r', 'nothing'),
      status: fc.constantFrom('active', 'suspended', 'expired', 'revoked'),
      environment: fc.constantFrom('live', 'test'),
      kind: fc.constantFrom('bot', 'user'),
      service: fc.constantFrom('keyward', 'nothing-of-this-name'),
      externalId: fc.constantFrom('Customer-1001', 'customer-1001'),
      unusedForDays: fc.constant(30),
      ownerId: fc.constantFrom(acme.member.actor.userId, 'usr_nobody'),
      expiringWithinDays: fc.constantFrom(14, 30),
      neverUsed: fc.constant(true as const),
      overPrivileged: fc.constant(true as const),
    },
    { requiredKeys: [] },
  );
  await fc.assert(
    fc.asyncProperty(query, async (asked) => {
      const { q, status, environment, kind, service, externalId, unusedForDays } = asked;
      const { ownerId, expiringWithinDays, neverUsed, overPrivileged } = asked;
      const wanted = rows.filter(
        (row) =>
          (q === undefined || holds(row.name, q) || holds(row.external_id, q)) &&
          (status ?? row.status) === row.status &&
          (environment ?? row.environment) === row.environment &&
          (kind ?? row.kind) === row.kind &&
          (service ?? 'keyward') === 'keyward' &&
          (externalId ?? row.external_id) === row.external_id &&
          (unusedForDays === undefined ||
            (row.last_used_at ?? row.created_at).getTime() < daysAgo(unusedForDays)) &&
          (ownerId ?? row.user_id) === row.user_id &&
          (expiringWithinDays === undefined ||
            (isLiving(row) &&
              row.expires_at !== null &&
              row.expires_at.getTime() <= daysAgo(-expiringWithinDays))) &&
          (neverUsed === undefined || row.last_used_at === null) &&
          (overPrivileged === undefined || isOverPrivileged(row)),
      );
      expect(await idsOf(asked)).toEqual(wanted.map((row) => row.id));
    }),
    { numRuns: 120, seed: 5 },
  );
});

test.each([
  { query: { ownerId: 'the member' }, found: 28 },
  { query: { expiringWithinDays: 14 }, found: 21 },
  { query: { neverUsed: true }, found: 6 },
  { query: { overPrivileged: true }, found: 11 },
] as const)('$query alone finds $found of all keys', async ({ query, found }) => {
  const ownerId = 'ownerId' in query ? { ownerId: acme.member.actor.userId } : {};
  expect(await idsOf({ ...query, ...ownerId })).toHaveLength(found);
});

test('a member who asks for another’s keys finds none', async () => {
  const input = (ownerId: string) => searchKeysInput.parse({ ownerId });
  const { data } = await listKeys(acme.member, input(acme.admin.actor.userId));
  expect(data).toEqual([]);
  expect((await listKeys(acme.member, input(acme.member.actor.userId))).data).toHaveLength(28);
});
