import { createKey } from '@keyward/server/keys/create-key';
import { changeRole } from '@keyward/server/organizations/change-role';
import { removeMember } from '@keyward/server/organizations/remove-member';
import { servicePresets } from '@keyward/shared/service-presets';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { refusalOf, tally } from '../support/refusal.ts';
import { createTestStore, keyInput, type TestStore } from '../support/test-store.ts';

let store: TestStore;
let service: string;
beforeAll(async () => {
  store = await createTestStore();
  service = await store.service(servicePresets.analytics);
});
afterAll(() => store[Symbol.asyncDispose]());

async function liveKeysOf(userId: string): Promise<number> {
  const [row] = await store.sql<{ count: number }[]>`
    select count(*)::int from keys where user_id = ${userId} and revoked_at is null`;
  return row?.count ?? 0;
}

test('a removal revokes the member’s user keys with an event for each, and no bot key', async () => {
  const acme = await store.organization();
  const { userId } = acme.admin.actor;
  const own = await createKey(acme.admin, keyInput({ service, kind: 'user' }));
  const bot = await createKey(acme.admin, keyInput({ service }));
  const { revokedKeys } = await removeMember(acme.owner, userId);
  expect(revokedKeys).toEqual([own.key.id]);
  const rows = await store.sql`select id from keys where organization_id = ${acme.id}
    and revoked_at is null`;
  expect(rows.map((row) => row.id)).toEqual([bot.key.id]);
  const events = await store.sql`select action, target_id from audit_events
    where action in ('key.revoked', 'member.removed') and target_id in (${own.key.id}, ${userId})`;
  expect(events).toHaveLength(2);
  await store.sql`insert into memberships (organization_id, user_id, role)
    values (${acme.id}, ${userId}, 'admin')`;
  expect(await liveKeysOf(userId)).toBe(0);
});

test('two last owners who are removed at once: one fails, in each of 20 rounds', async () => {
  for (let round = 0; round < 20; round += 1) {
    const acme = await store.organization();
    const other = await acme.join('owner');
    const counts = await tally([
      removeMember(acme.owner, other.actor.userId),
      removeMember(other, acme.owner.actor.userId),
    ]);
    expect(counts).toEqual({ done: 1, conflict: 1 });
  }
});

test('a removal beside the making of a user key leaves no live key', async () => {
  const acme = await store.organization();
  for (let round = 0; round < 20; round += 1) {
    const member = await acme.join('member');
    await tally([
      createKey(member, keyInput({ service, kind: 'user' })),
      removeMember(acme.owner, member.actor.userId),
    ]);
    expect(await liveKeysOf(member.actor.userId)).toBe(0);
  }
});

test('roles: the last owner stays, admins leave owners alone, a bot makes no admin', async () => {
  const acme = await store.organization();
  const owner = acme.owner.actor.userId;
  const member = acme.member.actor.userId;
  const bot = await acme.bot(['members:*']);
  const codeOf = async (call: Promise<unknown>) => (await refusalOf(call)).code;
  expect(await codeOf(changeRole(acme.owner, owner, 'member'))).toBe('conflict');
  expect(await codeOf(removeMember(acme.owner, owner))).toBe('conflict');
  const forbidden = 'insufficient_permissions';
  expect(await codeOf(changeRole(acme.admin, owner, 'member'))).toBe(forbidden);
  expect(await codeOf(removeMember(acme.admin, owner))).toBe(forbidden);
  expect(await codeOf(changeRole(acme.admin, member, 'owner'))).toBe(forbidden);
  expect(await codeOf(changeRole(bot, member, 'admin'))).toBe(forbidden);
  expect(await codeOf(removeMember(acme.member, acme.admin.actor.userId))).toBe(forbidden);
  expect((await removeMember(acme.member, member)).revokedKeys).toEqual([]);
});
