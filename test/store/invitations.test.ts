import type { UserActor } from '@keyward/server/context';
import { revokeKey } from '@keyward/server/keys/revoke-key';
import { acceptInvitation, findInvitation } from '@keyward/server/organizations/accept-invitation';
import { cancelInvitation } from '@keyward/server/organizations/cancel-invitation';
import { changeRole } from '@keyward/server/organizations/change-role';
import { inviteMember } from '@keyward/server/organizations/invite-member';
import { listInvitations } from '@keyward/server/organizations/list-invitations';
import { removeMember } from '@keyward/server/organizations/remove-member';
import { renewInvitation } from '@keyward/server/organizations/renew-invitation';
import type { Role } from '@keyward/shared/organizations';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { refusalOf, tally } from '../support/refusal.ts';
import { createTestStore, type TestOrganization, type TestStore } from '../support/test-store.ts';
import { uniqueName } from '../support/unique-name.ts';

let store: TestStore;
let acme: TestOrganization;
beforeAll(async () => {
  store = await createTestStore();
  acme = await store.organization();
});
afterAll(() => store[Symbol.asyncDispose]());

const newEmail = () => `${uniqueName('ida')}@example.com`;
const invited = (actor: UserActor, role: Role = 'member') => ({ email: actor.email, role });
const accept = (actor: UserActor, token: string) => acceptInvitation(store.as(actor), token);
const codeOf = async (call: Promise<unknown>) => (await refusalOf(call)).code;

async function countEvents(action: string, targetId: string): Promise<number> {
  const [row] = await store.sql<{ count: number }[]>`select count(*)::int from audit_events
    where action = ${action} and target_id = ${targetId}`;
  return row?.count ?? 0;
}

const roleOf = async (organization: TestOrganization, { userId }: UserActor) => {
  const [row] = await store.sql<{ role: Role }[]>`select role from memberships
    where organization_id = ${organization.id} and user_id = ${userId}`;
  return row?.role ?? null;
};

describe('the list', () => {
  test('says who invited whom to what and until when, newest first, and holds no token', async () => {
    const { id: organizationId, admin, owner } = acme;
    const emails = [newEmail(), newEmail()];
    const [first, second] = [
      await inviteMember(admin, { email: emails[0] ?? '', role: 'admin' }),
      await inviteMember(owner, { email: emails[1] ?? '', role: 'owner' }),
    ];
    const list = await listInvitations(admin);
    expect(list).toMatchObject([
      { id: second.id, email: emails[1], role: 'owner', status: 'open' },
      { id: first.id, email: emails[0], role: 'admin', status: 'open' },
    ]);
    expect(list.map(({ invitedBy }) => invitedBy)).toEqual(
      [owner, admin].map(({ actor }) => ({ type: 'user', id: actor.userId, name: actor.name })),
    );
    expect(list[1]?.expiresAt).toBe(first.expiresAt.toISOString());
    expect(JSON.stringify(list)).not.toMatch(/token|[0-9a-f]{64}/i);
    const other = await store.organization();
    expect(await listInvitations(other.owner)).toEqual([]);
    expect(organizationId).not.toBe(other.id);
  });

  test('is for those who manage members', async () => {
    const bot = await acme.bot(['members:create']);
    for (const context of [acme.member, bot]) {
      expect(await codeOf(listInvitations(context))).toBe('insufficient_permissions');
    }
    expect(await listInvitations(await acme.bot(['members:read']))).not.toEqual([]);
  });

  test('forgets what was accepted or taken back, and tells what has expired', async () => {
    const other = await store.organization();
    const ida = await store.user();
    const [accepted, cancelled, expired, old] = [
      await inviteMember(other.owner, invited(ida)),
      await inviteMember(other.owner, { email: newEmail(), role: 'member' }),
      await inviteMember(other.owner, { email: newEmail(), role: 'member' }),
      await inviteMember(other.owner, { email: newEmail(), role: 'member' }),
    ];
    await accept(ida, accepted.token);
    await cancelInvitation(other.owner, cancelled.id);
    await store.sql`update invitations set expires_at = now() where id = ${expired.id}`;
    await store.sql`update invitations set expires_at = now() - interval '31 days'
      where id = ${old.id}`;
    expect(await listInvitations(other.owner)).toMatchObject([
      { id: expired.id, status: 'expired' },
    ]);
  });
});

describe('an invitation that is taken back', () => {
  test('lets nobody in, and writes one event, however often it is taken back', async () => {
    const ida = await store.user();
    const { id, token } = await inviteMember(acme.admin, invited(ida));
    for (let time = 0; time < 2; time += 1) {
      expect(await cancelInvitation(acme.admin, id)).toEqual({ id });
    }
    expect(await countEvents('invitation.cancelled', id)).toBe(1);
    expect(await codeOf(accept(ida, token))).toBe('not_found');
    expect(await codeOf(findInvitation(store.database, token))).toBe('not_found');
    expect(await roleOf(acme, ida)).toBeNull();
  });

  test('belongs to the organization, and to those who may give its role', async () => {
    const other = await store.organization();
    const { id } = await inviteMember(acme.owner, { email: newEmail(), role: 'owner' });
    const unknown = await refusalOf(cancelInvitation(acme.owner, 'inv_nonsense'));
    expect(unknown.code).toBe('not_found');
    expect(await refusalOf(cancelInvitation(other.owner, id))).toEqual(unknown);
    expect(await refusalOf(renewInvitation(other.owner, id))).toEqual(unknown);
    for (const end of [cancelInvitation, renewInvitation]) {
      for (const context of [acme.member, acme.admin, await acme.bot(['members:*'])]) {
        expect(await codeOf(end(context, id))).toBe('insufficient_permissions');
      }
    }
    expect(await listInvitations(acme.owner)).toContainEqual(
      expect.objectContaining({ id, status: 'open' }),
    );
  });

  test('one that was accepted cannot be taken back', async () => {
    const ida = await store.user();
    const { id, token } = await inviteMember(acme.admin, invited(ida));
    await accept(ida, token);
    expect(await codeOf(cancelInvitation(acme.admin, id))).toBe('conflict');
    expect(await codeOf(renewInvitation(acme.admin, id))).toBe('conflict');
  });

  test('beside its acceptance either happens and never both, in each of 10 rounds', async () => {
    for (let round = 0; round < 10; round += 1) {
      const ida = await store.user();
      const { id, token } = await inviteMember(acme.admin, invited(ida));
      const counts = await tally([accept(ida, token), cancelInvitation(acme.admin, id)]);
      expect(counts.done).toBe(1);
      const isMember = (await roleOf(acme, ida)) !== null;
      expect(await countEvents('invitation.cancelled', id)).toBe(isMember ? 0 : 1);
    }
  });
});

test('a new link takes the old one’s place, and whoever made it answers for it', async () => {
  const leaver = await acme.join('admin');
  const ida = await store.user();
  const old = await inviteMember(leaver, invited(ida));
  await removeMember(acme.owner, leaver.actor.userId);
  const renewed = await renewInvitation(acme.admin, old.id);
  expect(renewed.token).not.toBe(old.token);
  expect(await codeOf(accept(ida, old.token))).toBe('not_found');
  const list = await listInvitations(acme.admin);
  expect(list.find(({ id }) => id === renewed.id)).toMatchObject({
    email: ida.email,
    status: 'open',
    invitedBy: { id: acme.admin.actor.userId },
  });
  expect(list.map(({ id }) => id)).not.toContain(old.id);
  await accept(ida, renewed.token);
  expect(await roleOf(acme, ida)).toBe('member');
});

describe('an invitation whose maker', () => {
  async function expectVoid(organization: TestOrganization, ida: UserActor, token: string) {
    expect(await codeOf(findInvitation(store.database, token))).toBe('not_found');
    expect(await codeOf(accept(ida, token))).toBe('not_found');
    expect(await roleOf(organization, ida)).toBeNull();
    const list = await listInvitations(organization.owner);
    expect(list.find(({ email }) => email === ida.email)?.status).toBe('void');
  }

  test('was removed lets nobody in', async () => {
    const ida = await store.user();
    const leaver = await acme.join('admin');
    const { token } = await inviteMember(leaver, invited(ida));
    await removeMember(acme.owner, leaver.actor.userId);
    await expectVoid(acme, ida, token);
  });

  test('was demoted below what they gave lets nobody in, and to less it still does', async () => {
    const [ida, ina] = [await store.user(), await store.user()];
    const second = await acme.join('owner');
    const asOwner = await inviteMember(second, invited(ida, 'owner'));
    const asAdmin = await inviteMember(second, invited(ina, 'admin'));
    await changeRole(acme.owner, second.actor.userId, 'admin');
    await expectVoid(acme, ida, asOwner.token);
    await accept(ina, asAdmin.token);
    expect(await roleOf(acme, ina)).toBe('admin');
    await changeRole(acme.owner, second.actor.userId, 'owner');
    await accept(ida, asOwner.token);
    expect(await roleOf(acme, ida)).toBe('owner');
  });

  test('is a key that was revoked lets nobody in; one of a living key does', async () => {
    const bot = await acme.bot(['members:create']);
    const [ida, ina] = [await store.user(), await store.user()];
    const [first, second] = [
      await inviteMember(bot, invited(ida)),
      await inviteMember(bot, invited(ina)),
    ];
    await accept(ina, second.token);
    await revokeKey(acme.owner, bot.actor.keyId);
    await expectVoid(acme, ida, first.token);
  });

  test('is removed at the same moment lets somebody in before or not at all', async () => {
    for (let round = 0; round < 10; round += 1) {
      const other = await store.organization();
      const ida = await store.user();
      const { token } = await inviteMember(other.admin, invited(ida));
      await tally([accept(ida, token), removeMember(other.owner, other.admin.actor.userId)]);
      const events = await store.sql<{ action: string }[]>`select action from audit_events
        where chain = ${other.id} and action in ('member.joined', 'member.removed')
        order by number`;
      const joinedFirst = ['member.joined', 'member.removed'];
      const isMember = (await roleOf(other, ida)) !== null;
      expect(events.map(({ action }) => action)).toEqual(
        isMember ? joinedFirst : ['member.removed'],
      );
    }
  });
});

describe('whoever joins', () => {
  test('does so once: a second link changes no role and writes no second member.joined', async () => {
    const ida = await store.user();
    const first = await inviteMember(acme.owner, invited(ida, 'admin'));
    await store.sql`insert into memberships (organization_id, user_id, role)
      values (${acme.id}, ${ida.userId}, 'member')`;
    expect(await accept(ida, first.token)).toMatchObject({ id: acme.id });
    expect(await roleOf(acme, ida)).toBe('member');
    expect(await countEvents('member.joined', ida.userId)).toBe(0);
    expect(await countEvents('invitation.accepted', first.id)).toBe(1);
    expect(await codeOf(accept(ida, first.token))).toBe('not_found');
  });

  test('has no other link left to come back by after a removal', async () => {
    const ida = await store.user();
    const first = await inviteMember(acme.admin, invited(ida));
    const second = await inviteMember(acme.admin, invited(ida));
    await accept(ida, second.token);
    await removeMember(acme.admin, ida.userId);
    expect(await codeOf(accept(ida, first.token))).toBe('not_found');
    expect(await countEvents('invitation.cancelled', first.id)).toBe(1);
    expect(await roleOf(acme, ida)).toBeNull();
  });

  test('by two links at once joins once', async () => {
    const ida = await store.user();
    const links = [
      await inviteMember(acme.admin, invited(ida)),
      await inviteMember(acme.admin, invited(ida)),
    ];
    const counts = await tally(links.map(({ token }) => accept(ida, token)));
    expect(counts).toEqual({ done: 1, not_found: 1 });
    expect(await countEvents('member.joined', ida.userId)).toBe(1);
  });
});
