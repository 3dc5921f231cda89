import { createKey } from '@keyward/server/keys/create-key';
import { revokeKey } from '@keyward/server/keys/revoke-key';
import { servicePresets } from '@keyward/shared/service-presets';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { refusalOf, tally } from '../support/refusal.ts';
import {
  createTestStore,
  keyInput,
  type TestStore,
  type UserContext,
} from '../support/test-store.ts';

let store: TestStore;
beforeAll(async () => {
  store = await createTestStore();
});
afterAll(() => store[Symbol.asyncDispose]());

const createUserKey = (context: UserContext, service: string, more: object = {}) =>
  createKey(context, keyInput({ kind: 'user', service, ...more }));

/** As many at once as given, over three pools, as three nodes would have them. */
function createAtOnce(context: UserContext, service: string, count: number) {
  const pools = [store.connect(8), store.connect(8), store.connect(8)];
  return tally(
    Array.from({ length: count }, (_, index) =>
      createUserKey({ ...context, database: pools[index % 3] ?? store.database }, service),
    ),
  );
}

async function countKeys(context: UserContext): Promise<number> {
  const [row] = await store.sql<{ count: number }[]>`
    select count(*)::int as count from keys where user_id = ${context.actor.userId}`;
  return row?.count ?? 0;
}

const allowing = (userKeysPerMember: number | null) =>
  store.service({ ...servicePresets['short-links'], userKeysPerMember });

describe('user keys of one member', () => {
  test('11: 20 made at once on short-links leave exactly one, and 19 conflicts', async () => {
    const { member } = await store.organization();
    const service = await store.service(servicePresets['short-links']);
    expect(await createAtOnce(member, service, 20)).toEqual({ done: 1, conflict: 19 });
    expect(await countKeys(member)).toBe(1);
  });

  test('20 made at once where three are allowed leave exactly three', async () => {
    const { member } = await store.organization();
    const service = await allowing(3);
    expect(await createAtOnce(member, service, 20)).toEqual({ done: 3, conflict: 17 });
    expect(await countKeys(member)).toBe(3);
  });

  test('20 made at once where any number is allowed all exist', async () => {
    const { member } = await store.organization();
    expect(await createAtOnce(member, await allowing(null), 20)).toEqual({ done: 20 });
    expect(await countKeys(member)).toBe(20);
  });

  test('a revoked key leaves room for one more, and for one only', async () => {
    const { member } = await store.organization();
    const service = await allowing(3);
    const first = await createUserKey(member, service);
    await createUserKey(member, service);
    await createUserKey(member, service);
    expect(await refusalOf(createUserKey(member, service))).toMatchObject({ code: 'conflict' });
    await revokeKey(member, first.key.id);
    expect(await createAtOnce(member, service, 5)).toEqual({ done: 1, conflict: 4 });
  });

  test('an expired key leaves room, a suspended one does not', async () => {
    const { member } = await store.organization();
    const service = await allowing(1);
    const { key } = await createUserKey(member, service, { expiresInSeconds: 3600 });
    await store.sql`update keys set suspended_at = now() where id = ${key.id}`;
    expect(await refusalOf(createUserKey(member, service))).toMatchObject({ code: 'conflict' });
    await store.sql`update keys set expires_at = now() - interval '1 second' where id = ${key.id}`;
    await createUserKey(member, service);
    expect(await refusalOf(createUserKey(member, service))).toMatchObject({ code: 'conflict' });
  });

  test('are counted apart from other members’, other services’ and bot keys', async () => {
    const { member, admin, owner } = await store.organization();
    const [service, another] = [await allowing(1), await allowing(1)];
    await createKey(admin, keyInput({ service }));
    await createUserKey(member, service);
    await createUserKey(member, another);
    await createUserKey(admin, service);
    await createUserKey(owner, service);
    expect(await refusalOf(createUserKey(member, service))).toMatchObject({ code: 'conflict' });
  });

  test('are counted apart in each organization of the member', async () => {
    const [first, second] = [await store.organization(), await store.organization()];
    const service = await allowing(1);
    await createUserKey(first.member, service);
    await store.sql`insert into memberships (organization_id, user_id, role)
      values (${second.id}, ${first.member.actor.userId}, 'member')`;
    await createUserKey({ ...first.member, organizationId: second.id }, service);
    expect(await countKeys(first.member)).toBe(2);
  });

  test('are refused once the membership has ended, though the call had entered before', async () => {
    const { id, member } = await store.organization();
    const service = await allowing(1);
    await store.sql`delete from memberships
      where organization_id = ${id} and user_id = ${member.actor.userId}`;
    expect(await refusalOf(createUserKey(member, service))).toMatchObject({ code: 'not_found' });
    expect(await countKeys(member)).toBe(0);
  });
});
