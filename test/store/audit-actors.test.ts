import { listAuditEvents } from '@keyward/server/audit/list-audit-events';
import { createKey } from '@keyward/server/keys/create-key';
import { acceptInvitation } from '@keyward/server/organizations/accept-invitation';
import { createOrganization } from '@keyward/server/organizations/create-organization';
import { inviteMember } from '@keyward/server/organizations/invite-member';
import { updateOrganization } from '@keyward/server/organizations/update-organization';
import { putService } from '@keyward/server/services/put-service';
import { auditActorTypes, listAuditEventsInput } from '@keyward/shared/audit';
import { servicePresets } from '@keyward/shared/service-presets';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  createTestStore,
  keyInput,
  type TestOrganization,
  type TestStore,
} from '../support/test-store.ts';
import { uniqueName } from '../support/unique-name.ts';

let store: TestStore;
let acme: TestOrganization;
let globex: TestOrganization;
let service: string;
beforeAll(async () => {
  store = await createTestStore();
  [acme, globex] = [await store.organization(), await store.organization()];
  service = await store.service(servicePresets.analytics);
});
afterAll(() => store[Symbol.asyncDispose]());

async function actorOf(targetId: string): Promise<unknown> {
  const [row] = await store.sql<{ actor: unknown }[]>`select actor from audit_events
    where target_id = ${targetId} order by number desc limit 1`;
  return row?.actor;
}

test('a member is a member, also where they run the instance', async () => {
  const { key } = await createKey(acme.admin, keyInput({ service }));
  const { userId: id, name } = acme.admin.actor;
  expect(await actorOf(key.id)).toEqual({ type: 'user', id, name });
  const both = { ...acme.operator, role: 'admin' as const };
  const { key: second } = await createKey(both, keyInput({ service }));
  expect(await actorOf(second.id)).toMatchObject({ type: 'user', id: both.actor.userId });
});

test('an operator within an organization that they are no member of is its operator', async () => {
  const { key } = await createKey(acme.operator, keyInput({ service }));
  const { userId: id, name } = acme.operator.actor;
  expect(await actorOf(key.id)).toEqual({ type: 'operator', id, name });
});

test('what only operators may do they do as such, also where they are members', async () => {
  const { actor } = acme.operator;
  const made = await createOrganization(store.as(actor), { name: uniqueName('Initech') });
  expect(await actorOf(made.id)).toMatchObject({ type: 'user' });
  await updateOrganization(store.as(actor), made.id, { name: 'Initrode' });
  expect(await actorOf(made.id)).toMatchObject({ type: 'operator', id: actor.userId });
  const slug = uniqueName('links');
  const { id } = await putService(store.as(actor), slug, { preset: 'short-links' });
  expect(await actorOf(id)).toMatchObject({ type: 'operator' });
});

test('a key is a key in its own organization, and the operator’s in others', async () => {
  const bot = await acme.bot(['apiKeys:create'], { allOrganizations: true });
  const { key } = await createKey(bot, keyInput({ service }));
  const { keyId: id, name } = bot.actor;
  expect(await actorOf(key.id)).toEqual({ type: 'key', id, name });
  const { key: theirs } = await createKey(
    { ...bot, organizationId: globex.id },
    keyInput({ service }),
  );
  expect(await actorOf(theirs.id)).toEqual({ type: 'operator', id, name });
});

test('Keyward itself is the system', async () => {
  const { key } = await createKey(acme.system, keyInput({ service }));
  expect(await actorOf(key.id)).toEqual({ type: 'system', id: null, name: 'test' });
});

test('each can be filtered by', async () => {
  for (const actorType of auditActorTypes) {
    const input = listAuditEventsInput.parse({ actorType });
    const { data } = await listAuditEvents(acme.admin, input);
    expect(data.length, actorType).toBeGreaterThan(0);
    expect(new Set(data.map(({ actor }) => actor.type))).toEqual(new Set([actorType]));
  }
});

test('whom an operator invites from outside, or an operator’s key, can join', async () => {
  const bot = await globex.bot(['members:create'], { allOrganizations: true });
  for (const context of [acme.operator, { ...bot, organizationId: acme.id }]) {
    const invited = await store.user();
    const { token, id } = await inviteMember(context, { email: invited.email, role: 'member' });
    expect(await actorOf(id)).toMatchObject({ type: 'operator' });
    const joined = await acceptInvitation(store.as(invited), token);
    expect(joined.id).toBe(acme.id);
  }
});
