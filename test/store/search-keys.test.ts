import { createKey } from '@keyward/server/keys/create-key';
import { listKeys } from '@keyward/server/keys/list-keys';
import { listKeysInput } from '@keyward/shared/keys';
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
  last_use: Date;
}

let store: TestStore;
let acme: TestOrganization;
let rows: Row[];
beforeAll(async () => {
  store = await createTestStore();
  acme = await store.organization();
  const { key } = await createKey(acme.admin, keyInput({ service: 'keyward', name: 'Pattern' }));
  await store.sql`
    insert into keys (id, organization_id, service_id, kind, environment, tier, name, permissions,
      ip_allowlist, metadata, created_by, external_id, suspended_at, revoked_at, expires_at,
      created_at, last_used_at)
    select 'key_0000000000000000000' || lpad(n::text, 7, '0'), organization_id, service_id, kind,
      case when n % 3500 = 7 then 'test' else environment end, tier,
      case when n = 3 then 'Odd 100%_Bird' when n % 2 = 0 then 'Importer ' || n else 'Worker ' || n end,
      permissions, ip_allowlist, metadata, created_by,
      case when n % 1000 = 1 then 'Customer-' || n end,
      case when n % 900 = 0 then now() end, case when n % 1100 = 0 then now() end,
      case when n % 700 = 0 then now() - interval '1 day' end,
      now() - interval '40 days', case when n % 1300 <> 0 then now() end
    from keys, generate_series(1, ${count}) n where id = ${key.id}`;
  await store.sql`analyze`;
  rows = [
    ...(await store.sql<Row[]>`select id, name, external_id, kind, environment,
      case when revoked_at is not null then 'revoked' when expires_at <= now() then 'expired'
        when suspended_at is not null then 'suspended' else 'active' end as status,
      coalesce(last_used_at, created_at) as last_use
      from keys where organization_id = ${acme.id} order by id desc`),
  ];
});
afterAll(() => store[Symbol.asyncDispose]());

async function idsOf(query: z.input<typeof listKeysInput>): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listKeys(acme.admin, listKeysInput.parse({ ...query, limit: 200, cursor }));
    ids.push(...page.data.map((key) => key.id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return ids;
}

const holds = (text: string | null, part: string) =>
  text?.toLowerCase().includes(part.toLowerCase()) === true;

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
    },
    { requiredKeys: [] },
  );
  await fc.assert(
    fc.asyncProperty(query, async (asked) => {
      const { q, status, environment, kind, service, externalId, unusedForDays } = asked;
      const before = Date.now() - (unusedForDays ?? 0) * 86_400_000;
      const wanted = rows.filter(
        (row) =>
          (q === undefined || holds(row.name, q) || holds(row.external_id, q)) &&
          (status ?? row.status) === row.status &&
          (environment ?? row.environment) === row.environment &&
          (kind ?? row.kind) === row.kind &&
          (service ?? 'keyward') === 'keyward' &&
          (externalId ?? row.external_id) === row.external_id &&
          (unusedForDays === undefined || row.last_use.getTime() < before),
      );
      expect(await idsOf(asked)).toEqual(wanted.map((row) => row.id));
    }),
    { numRuns: 60, seed: 5 },
  );
});
