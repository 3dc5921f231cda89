import { createKey } from '@keyward/server/keys/create-key';
import { handOverKey } from '@keyward/server/keys/hand-over-key';
import { revokeKey } from '@keyward/server/keys/revoke-key';
import { updateKey } from '@keyward/server/keys/update-key';
import { changeRole } from '@keyward/server/organizations/change-role';
import { previewRemoval } from '@keyward/server/organizations/preview-removal';
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

test('11: two last owners who are removed at once: one fails, in each of 20 rounds', async () => {
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

test('the preview tells each key’s last 30 days, and what it loses with its owner’s role', async () => {
  const acme = await store.organization();
  const { userId } = acme.admin.actor;
  const permissions = ['apiKeys:read', 'usage:read'] as const;
  const { key } = await createKey(
    acme.admin,
    keyInput({ service, kind: 'user', permissions: [...permissions] }),
  );
  const idle = await createKey(acme.admin, keyInput({ service, kind: 'user' }));
  await store.sql`insert into key_usage (key_id, hour, outcome, count) values
    (${key.id}, date_trunc('hour', now()), 'VALID', 5),
    (${key.id}, date_trunc('hour', now()), 'RATE_LIMITED', 2),
    (${key.id}, date_trunc('hour', now()) - interval '3 days', 'VALID', 7),
    (${key.id}, date_trunc('hour', now()) - interval '31 days', 'VALID', 100)`;
  const preview = await previewRemoval(acme.owner, userId);
  expect(preview.map((one) => [one.key.id, one.callsIn30Days, one.successor])).toEqual([
    [idle.key.id, 0, null],
    [key.id, 12, null],
  ]);
  expect(preview[1]?.days.map(({ valid, refused }) => [valid, refused])).toEqual([
    [7, 0],
    [5, 2],
  ]);
  expect(preview.map(({ adminOnly }) => adminOnly)).toEqual([[], ['apiKeys:read']]);
});

test('a member sees what their own leaving would end, and nobody else’s', async () => {
  const acme = await store.organization();
  const { key } = await createKey(acme.member, keyInput({ service, kind: 'user' }));
  const own = await previewRemoval(acme.member, acme.member.actor.userId);
  expect(own.map((one) => one.key.id)).toEqual([key.id]);
  for (const context of [acme.member, await acme.bot(['members:read'])]) {
    const refused = await refusalOf(previewRemoval(context, acme.admin.actor.userId));
    expect(refused.code).toBe('insufficient_permissions');
  }
});

test('a key that was handed over knows its successor until that one is revoked', async () => {
  const acme = await store.organization();
  const { userId } = acme.member.actor;
  const old = await createKey(acme.member, keyInput({ service, kind: 'user' }));
  const successorOf = async () => (await previewRemoval(acme.owner, userId))[0]?.successor ?? null;
  expect((await refusalOf(handOverKey(acme.member, old.key.id, 'mine'))).code).toBe(
    'insufficient_permissions',
  );
  const first = await handOverKey(acme.owner, old.key.id, 'Nightly sync');
  expect(first.key).toMatchObject({ kind: 'bot', name: 'Nightly sync', user: null });
  expect(await successorOf()).toEqual(first.key);
  const [own] = await previewRemoval(acme.member, userId);
  expect(own?.successor).toBeNull();
  await revokeKey(acme.owner, first.key.id);
  expect(await successorOf()).toBeNull();
  const second = await handOverKey(acme.owner, old.key.id, 'Nightly sync');
  expect((await successorOf())?.id).toBe(second.key.id);
  const events = await store.sql<{ data: { to: string } }[]>`select data from audit_events
    where action = 'key.handed_over' and target_id = ${old.key.id} order by number`;
  expect(events.map(({ data }) => data.to)).toEqual([first.key.id, second.key.id]);
});

test('a hand-over takes over the limit as it is: the tier’s, one of its own, or none', async () => {
  const acme = await store.organization();
  const limited = await store.service(servicePresets['review-loops']);
  const { key } = await createKey(acme.member, keyInput({ service: limited, kind: 'user' }));
  const storedLimit = async () => {
    const made = await handOverKey(acme.operator, key.id, 'In its place');
    const [row] = await store.sql`select rate_limit from keys where id = ${made.key.id}`;
    return row?.rate_limit;
  };
  expect(await storedLimit()).toBeNull();
  await updateKey(acme.operator, key.id, { rateLimit: { limit: 5, windowSeconds: 60 } });
  expect(await storedLimit()).toEqual({ limit: 5, windowSeconds: 60 });
  await updateKey(acme.operator, key.id, { rateLimit: null });
  expect(await storedLimit()).toBe('none');
});

test('a limit that the operator raised above the tier is handed over by the operator alone', async () => {
  const acme = await store.organization();
  const limited = await store.service(servicePresets['review-loops']);
  const { key } = await createKey(acme.member, keyInput({ service: limited, kind: 'user' }));
  for (const rateLimit of [{ limit: 100_000, windowSeconds: 3600 }, null]) {
    await updateKey(acme.operator, key.id, { rateLimit });
    expect(await refusalOf(handOverKey(acme.admin, key.id, 'In its place'))).toMatchObject({
      code: 'conflict',
      detail: expect.stringMatching(/raised above .* ask the operator/),
    });
    await handOverKey(acme.operator, key.id, 'In its place');
  }
});

test('a hand-over gives the bot key no permission that the owner’s role masks', async () => {
  const acme = await store.organization();
  const { userId } = acme.admin.actor;
  const { key } = await createKey(
    acme.admin,
    keyInput({ service, kind: 'user', permissions: ['apiKeys:create', 'usage:read'] }),
  );
  await changeRole(acme.owner, userId, 'member');
  const made = await handOverKey(acme.owner, key.id, 'In its place');
  expect(made.key.permissions).toEqual(['usage:read']);
});
