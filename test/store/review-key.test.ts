import { createKey } from '@keyward/server/keys/create-key';
import { judgeUnusedPermissions } from '@keyward/server/keys/judge-unused-permissions';
import { listReview } from '@keyward/server/keys/list-review';
import { reviewKey } from '@keyward/server/keys/review-key';
import { revokeKey } from '@keyward/server/keys/revoke-key';
import { listReviewInput } from '@keyward/shared/keys';
import { servicePresets } from '@keyward/shared/service-presets';
import { afterAll, beforeAll, expect, test } from 'vitest';
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
beforeAll(async () => {
  store = await createTestStore();
  acme = await store.organization();
  service = await store.service(servicePresets['short-links']);
});
afterAll(() => store[Symbol.asyncDispose]());

async function make(name: string, change: string, { admin } = acme): Promise<string> {
  const permissions = ['shortLinks:read', 'shortLinks:create'] as const;
  const input = keyInput({ service, name, permissions: [...permissions] });
  const { key } = await createKey(admin, { ...input, expiresAt: null });
  await store.sql.unsafe(`update keys set ${change} where id = '${key.id}'`);
  return key.id;
}

const ago = (column: string, days: number) => `${column} = now() - interval '${days} days'`;
const ends = `expires_at = now() + interval '60 days'`;

test('records when it was reviewed, and an event; nothing else of the key changes', async () => {
  const id = await make('kept', ends);
  const row = async () => {
    const [found] = await store.sql`select * from keys where id = ${id}`;
    const { reviewed_at: reviewedAt, ...rest } = found ?? {};
    return { reviewedAt, rest };
  };
  const before = await row();
  const changes = () => store.sql`select count(*) from authority_changes`;
  const changesBefore = await changes();
  const { reviewedAt } = await reviewKey(acme.admin, id);
  const after = await row();
  expect(before.reviewedAt).toBeNull();
  expect(after.reviewedAt.toISOString()).toBe(reviewedAt);
  expect(after.rest).toEqual(before.rest);
  expect(await changes()).toEqual(changesBefore);
  await reviewKey(acme.admin, id);
  const events = await store.sql`select action, actor, data from audit_events
    where target_id = ${id} and action = 'key.reviewed' order by number`;
  expect(events).toMatchObject([
    { actor: { id: acme.admin.actor.userId }, data: { name: 'kept', reviewedBefore: null } },
    { data: { reviewedBefore: reviewedAt } },
  ]);
});

test('a member is refused, and so is a key without apiKeys:update', async () => {
  const { key } = await createKey(acme.member, keyInput({ service, kind: 'user' }));
  for (const context of [acme.member, await acme.bot(['apiKeys:read', 'usage:read'])]) {
    expect((await refusalOf(reviewKey(context, key.id))).code).toBe('insufficient_permissions');
  }
  const reader = await acme.bot(['apiKeys:read']);
  for (const context of [acme.member, reader]) {
    expect((await refusalOf(listReview(context, {}))).code).toBe('insufficient_permissions');
  }
  const [row] = await store.sql`select reviewed_at from keys where id = ${key.id}`;
  expect(row?.reviewed_at).toBeNull();
  await reviewKey(await acme.bot(['apiKeys:update']), key.id);
});

test('a key of another organization is unknown, and a revoked one is past review', async () => {
  const other = await store.organization();
  const id = await make('ours', ends);
  for (const unknown of [id, 'key_nothing', 'nonsense']) {
    expect((await refusalOf(reviewKey(other.admin, unknown))).code).toBe('not_found');
  }
  await revokeKey(acme.admin, id);
  expect((await refusalOf(reviewKey(acme.admin, id))).code).toBe('conflict');
});

test('the neediest come first, the longest not reviewed before others, and ended ones never', async () => {
  const beta = await store.organization();
  const old = ago('created_at', 100);
  const used = 'last_used_at = now()';
  await make('fresh', ends, beta);
  await make('reviewed long ago', `${old}, ${used}, ${ends}, ${ago('reviewed_at', 95)}`, beta);
  await make('reviewed lately', `${old}, ${used}, ${ago('reviewed_at', 80)}`, beta);
  await make('without an end', used, beta);
  await make('never used', `${ago('created_at', 20)}, ${ends}`, beta);
  await make('unused', `${old}, ${ago('last_used_at', 50)}, ${ends}`, beta);
  await make('holds too much', `${old}, ${used}, ${ends}`, beta);
  await make('expired', ago('expires_at', 1), beta);
  await make('revoked', 'revoked_at = now()', beta);
  await judgeUnusedPermissions(store.system);
  const page = await listReview(beta.admin, {});
  expect(page.data.map(({ key, because }) => [key.name, because])).toEqual([
    ['holds too much', 'overPrivileged'],
    ['reviewed long ago', 'overPrivileged'],
    ['unused', 'unused'],
    ['never used', 'neverUsed'],
    ['without an end', 'noExpiry'],
    ['fresh', 'due'],
  ]);
  expect(page).toMatchObject({ total: 7, reviewed: 1, nextCursor: null });
  expect(Date.parse(page.nextDueAt ?? '') - Date.now()).toBeGreaterThan(9.9 * 86_400_000);
});

test('ten at a time, by key set; what is asked for first is first, and nothing comes twice', async () => {
  const gamma = await store.organization();
  const ids: string[] = [];
  for (let index = 0; index < 23; index += 1) {
    ids.push(await make(`key ${index}`, `${ends}, ${ago('created_at', index / 10)}`, gamma));
  }
  const first = ids[3] ?? '';
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page = await listReview(gamma.admin, { first, ...(cursor !== null && { cursor }) });
    expect(page.total).toBe(23);
    expect(page.data.length).toBeLessThanOrEqual(10);
    seen.push(...page.data.map(({ key }) => key.id));
    // A decision in between leaves no gap.
    await reviewKey(gamma.admin, page.data[0]?.key.id ?? '');
    cursor = page.nextCursor;
  } while (cursor !== null);
  expect(seen[0]).toBe(first);
  expect(seen.slice(1)).toEqual(ids.filter((id) => id !== first).reverse());
  expect((await listReview(gamma.admin, {})).reviewed).toBe(3);
  for (const wrong of ['nonsense', '9_2026_key_x', '1_2026-99-99T00:00:00.000Z_key_x']) {
    const refusal = await refusalOf(listReview(gamma.admin, { cursor: wrong }));
    expect(refusal.code).toBe('invalid_request');
  }
  expect(listReviewInput.safeParse({ limit: 3 }).success).toBe(false);
});

test('each key comes with its evidence', async () => {
  const delta = await store.organization();
  const id = await make('seen', `${ago('created_at', 60)}, last_used_at = now()`, delta);
  await store.sql`insert into key_usage (key_id, hour, outcome, count)
    values (${id}, date_trunc('hour', now()), 'VALID', 5),
      (${id}, date_trunc('hour', now()), 'EXPIRED', 2)`;
  await store.sql`insert into key_permission_days (key_id, permission, day)
    values (${id}, 'shortLinks:read', '2026-01-02'), (${id}, 'shortLinks:read', now())`;
  await store.sql`insert into key_addresses (key_id, address, valid_count, refused_count,
      first_seen_at, last_seen_at)
    values (${id}, '203.0.113.7', 3, 0, now(), now()), (${id}, '203.0.113.8', 0, 3, now(), now())`;
  const { data } = await listReview(delta.admin, {});
  const [item] = data;
  expect(item?.days).toHaveLength(30);
  expect(item?.days.at(-1)).toMatchObject({ valid: 5, refused: 2 });
  expect(item?.uses).toEqual([
    { permission: 'shortLinks:read', lastUsedOn: new Date().toISOString().slice(0, 10) },
  ]);
  expect(item?.unusedPermissions).toEqual(['shortLinks:create']);
  expect(item?.addresses.map(({ address }) => address)).toEqual(['203.0.113.7']);
});
