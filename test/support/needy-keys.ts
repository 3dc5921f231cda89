import { judgeUnusedPermissions } from '@keyward/server/keys/judge-unused-permissions';
import type { Permission } from '@keyward/shared/permissions';
import { makeKey, putPresets } from './tenants.ts';
import type { TestKeyward } from './test-keyward.ts';

const days = (count: number) => `now() - interval '${count} days'`;

/** A name, what of the row is otherwise, and calls by outcome on one of the last days. */
interface NeedyKey {
  name: string;
  change: string;
  permissions?: Permission[];
  uses?: Permission[];
  calls?: [day: number, outcome: string, count: number][];
}

const used = `last_used_at = ${days(0)}, last_used_ip = '203.0.113.7'`;
const ends = `expires_at = now() + interval '200 days'`;

const needyKeys: NeedyKey[] = [
  {
    name: 'Billing export',
    change: `created_at = ${days(90)}, ${used}, ${ends}`,
    permissions: ['shortLinks:*', 'shortLinks:read'],
    uses: ['shortLinks:read'],
    calls: [
      [0, 'VALID', 120],
      [3, 'VALID', 90],
      [20, 'VALID', 300],
    ],
  },
  {
    name: 'Old importer',
    change: `created_at = ${days(200)}, last_used_at = ${days(45)}, ${ends}`,
  },
  { name: 'Never deployed', change: `created_at = ${days(12)}, ${ends}` },
  {
    name: 'Partner portal',
    change: `${used}, expires_at = now() + interval '5 days'`,
    permissions: [],
    calls: [
      [1, 'VALID', 60],
      [1, 'RATE_LIMITED', 30],
      [2, 'IP_NOT_ALLOWED', 10],
    ],
  },
];

/** One key for each reason to look at it, with the rows that traffic of 30 days would leave; ids by name. */
export async function makeNeedyKeys(keyward: TestKeyward): Promise<Map<string, string>> {
  await putPresets(keyward, 'short-links');
  const ids = new Map<string, string>();
  for (const { name, change, permissions = ['shortLinks:read'], uses, calls } of needyKeys) {
    const { key } = await makeKey(keyward, { name, service: 'short-links', permissions });
    ids.set(name, key.id);
    await keyward.change(`update keys set ${change} where id = '${key.id}'`);
    for (const permission of uses ?? []) {
      await keyward.database.execute(`insert into key_permission_days (key_id, permission, day)
        values ('${key.id}', '${permission}', (now() at time zone 'UTC')::date)`);
    }
    for (const [day, outcome, count] of calls ?? []) {
      const hour = `date_trunc('day', now(), 'UTC') - interval '${24 * day} hours'`;
      await keyward.database.execute(`insert into key_usage (key_id, hour, outcome, count)
        values ('${key.id}', ${hour}, '${outcome}', ${count})`);
      await keyward.database.execute(`
        insert into organization_usage (organization_id, hour, outcome, count)
        values ('${keyward.context.organizationId}', ${hour}, '${outcome}', ${count})
        on conflict (organization_id, hour, outcome)
          do update set count = organization_usage.count + excluded.count`);
    }
  }
  await judgeUnusedPermissions(keyward);
  return ids;
}
