import { listAuditEvents } from '@keyward/server/audit/list-audit-events';
import { createKey } from '@keyward/server/keys/create-key';
import { handOverKey } from '@keyward/server/keys/hand-over-key';
import { revokeKey } from '@keyward/server/keys/revoke-key';
import { updateKey } from '@keyward/server/keys/update-key';
import { changeRole } from '@keyward/server/organizations/change-role';
import { removeMember } from '@keyward/server/organizations/remove-member';
import { listAuditEventsInput } from '@keyward/shared/audit';
import { servicePresets } from '@keyward/shared/service-presets';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';
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
  service = await store.service(servicePresets.analytics);
});
afterAll(() => store[Symbol.asyncDispose]());

const list = (input: z.input<typeof listAuditEventsInput> = {}, context = acme.admin) =>
  listAuditEvents(context, listAuditEventsInput.parse(input));

const actionsOf = async (input: z.input<typeof listAuditEventsInput>, context = acme.admin) =>
  (await list(input, context)).data.map(({ action }) => action);

test('an event says who, what, on what, from where and in which request', async () => {
  const { key } = await createKey(acme.admin, keyInput({ service }));
  const { data } = await list({ targetId: key.id });
  const { userId, name } = acme.admin.actor;
  expect(data).toEqual([
    {
      id: expect.stringMatching(/^evt_/),
      number: expect.any(Number),
      at: expect.stringMatching(/^\d{4}-.*Z$/),
      actor: { type: 'user', id: userId, name },
      action: 'key.created',
      targetType: 'key',
      targetId: key.id,
      data: { after: key },
      address: '203.0.113.9',
      userAgent: 'keyward-test/1',
      requestId: acme.admin.requestId,
    },
  ]);
});

test('pages hold every event once, newest first, whatever happens meanwhile', async () => {
  const globex = await store.organization();
  for (let count = 0; count < 6; count += 1) {
    await createKey(globex.admin, keyInput({ service }));
  }
  const first = await list({ limit: 3 }, globex.admin);
  await createKey(globex.admin, keyInput({ service }));
  const second = await list({ limit: 3, cursor: first.nextCursor ?? '' }, globex.admin);
  const third = await list({ limit: 3, cursor: second.nextCursor ?? '' }, globex.admin);
  const numbers = [first, second, third].map(({ data }) => data.map(({ number }) => number));
  expect(numbers).toEqual([[7, 6, 5], [4, 3, 2], [1]]);
  expect(third.nextCursor).toBeNull();
  // A page that ends with the last event has no next one.
  expect((await list({ limit: 8 }, globex.admin)).nextCursor).toBeNull();
});

test('each filter picks what it says, and several together', async () => {
  const { key } = await createKey(acme.admin, keyInput({ service }));
  await updateKey(acme.owner, key.id, { name: 'renamed' });
  await revokeKey(acme.admin, key.id);
  const targetId = key.id;
  expect(await actionsOf({ targetId })).toEqual(['key.revoked', 'key.updated', 'key.created']);
  expect(await actionsOf({ targetId, action: 'key.' })).toHaveLength(3);
  expect(await actionsOf({ targetId, action: 'key.updated' })).toEqual(['key.updated']);
  expect(await actionsOf({ targetId, action: 'member.' })).toEqual([]);
  const actorId = acme.owner.actor.userId;
  expect(await actionsOf({ targetId, actorId })).toEqual(['key.updated']);
  expect(await actionsOf({ targetId, targetType: 'user' })).toEqual([]);
  const { data } = await list({ targetId });
  const [revoked, , created] = data.map(({ at }) => at);
  expect(await actionsOf({ targetId, from: revoked })).toContain('key.revoked');
  expect(await actionsOf({ targetId, to: created })).toEqual([]);
  expect(await actionsOf({ targetId, from: '0001-01-01T00:00:00+14:00' })).toHaveLength(3);
  expect(await actionsOf({ targetId, to: '9999-12-31T23:59:59-14:00' })).toHaveLength(3);
  expect(await actionsOf({ targetId: 'key_nonsense' })).toEqual([]);
});

test('a key’s history tells of its hand-over and of its owner’s role and removal', async () => {
  const leaver = await acme.join('admin');
  const { key } = await createKey(leaver, keyInput({ service, kind: 'user' }));
  await changeRole(acme.owner, leaver.actor.userId, 'member');
  const { key: bot } = await handOverKey(acme.owner, key.id, 'In its place');
  await removeMember(acme.owner, leaver.actor.userId);
  const { data } = await list({ targetId: [key.id, leaver.actor.userId] });
  expect(data.map(({ action, data: told }) => [action, told])).toMatchObject([
    ['member.removed', { revokedKeys: [key.id] }],
    ['key.revoked', { because: 'member.removed' }],
    ['key.handed_over', { to: bot.id, name: 'In its place' }],
    ['member.role_changed', { before: { role: 'admin' }, after: { role: 'member' } }],
    ['key.created', { after: { name: key.name } }],
  ]);
  const made = await list({ targetId: bot.id });
  expect(made.data[0]?.data).toMatchObject({ handedOverFrom: { id: key.id, name: key.name } });
});

test('a hand-over whose event cannot be written makes no key', async () => {
  const { key } = await createKey(acme.member, keyInput({ service, kind: 'user' }));
  await store.sql`create function refuse_hand_over() returns trigger language plpgsql as $$
    begin if new.action = 'key.handed_over' then raise exception 'refused'; end if; return new; end $$`;
  await store.sql`create trigger refuse before insert on audit_events
    for each row execute function refuse_hand_over()`;
  const before = await store.fingerprint();
  await expect(handOverKey(acme.owner, key.id, 'Never made')).rejects.toThrow();
  expect(await store.fingerprint()).toEqual(before);
  await store.sql`drop trigger refuse on audit_events`;
});

test('another organization’s events are not among them', async () => {
  const globex = await store.organization();
  const { key } = await createKey(globex.admin, keyInput({ service }));
  expect(await actionsOf({ targetId: key.id })).toEqual([]);
  const { data } = await list({ limit: 200 });
  expect(data.map((event) => event.targetId)).not.toContain(globex.id);
});

test('owners, admins, operators and keys with auditLog:read may list, and nobody else', async () => {
  const allowed = [acme.owner, acme.admin, acme.operator, acme.system];
  for (const context of [...allowed, await acme.bot(['auditLog:read'])]) {
    const { data } = await listAuditEvents(context, listAuditEventsInput.parse({}));
    expect(data.length).toBeGreaterThan(0);
  }
  for (const context of [acme.member, await acme.bot(['apiKeys:*', 'usage:*'])]) {
    await expect(listAuditEvents(context, listAuditEventsInput.parse({}))).rejects.toMatchObject({
      code: 'insufficient_permissions',
    });
  }
});
