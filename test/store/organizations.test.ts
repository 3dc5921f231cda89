import type { Actor } from '@keyward/server/context';
import { createOrganization } from '@keyward/server/organizations/create-organization';
import { enterOrganization } from '@keyward/server/organizations/enter-organization';
import { listOrganizations } from '@keyward/server/organizations/list-organizations';
import { slug as slugContract } from '@keyward/shared/text';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { refusalOf, tally } from '../support/refusal.ts';
import { createTestStore, type TestStore } from '../support/test-store.ts';
import { uniqueName } from '../support/unique-name.ts';

let store: TestStore;
beforeAll(async () => {
  store = await createTestStore();
});
afterAll(() => store[Symbol.asyncDispose]());

const create = async (input: { name: string; slug?: string }) =>
  createOrganization(store.as(await store.user()), input);

describe('a new organization', () => {
  test.each([
    ['Acme, Inc.', 'acme-inc'],
    ['  --Zoë & Björn—Café 24/7!  ', 'zoe-bjorn-cafe-24-7'],
    ['Ａｃｍｅ ﬁne', 'acme-fine'],
    ['x'.repeat(60), 'x'.repeat(48)],
    [`${'y'.repeat(47)} & sons`, 'y'.repeat(47)],
  ])('named %j has the slug %j', async (name, slug) => {
    const made = await create({ name });
    expect(made).toMatchObject({ name, slug, status: 'active' });
    expect(slugContract.parse(made.slug)).toBe(slug);
  });

  test.each(['株式会社', '🔑', 'é', '--'])(
    'named %j has no slug of its own: one is asked for',
    async (name) => {
      const { code, issues } = await refusalOf(create({ name }));
      expect({ code, path: issues[0]?.path }).toEqual({ code: 'invalid_request', path: 'slug' });
      const slug = uniqueName('given');
      expect(await create({ name, slug })).toMatchObject({ name, slug });
    },
  );

  test('whose slug is taken is a conflict, made once by five at once', async () => {
    const name = uniqueName('Acme');
    const counts = await tally(Array.from({ length: 5 }, () => create({ name })));
    expect(counts).toEqual({ done: 1, conflict: 4 });
    expect((await refusalOf(create({ name: 'Other', slug: name.toLowerCase() }))).code).toBe(
      'conflict',
    );
    const rows = await store.sql`select from organizations where slug = ${name.toLowerCase()}`;
    expect(rows).toHaveLength(1);
  });

  test('belongs to the user who made it, as owner', async () => {
    const user = await store.user();
    const [b, a] = [uniqueName('B'), uniqueName('A')];
    await createOrganization(store.as(user), { name: b });
    await createOrganization(store.as(user), { name: a });
    const mine = await listOrganizations(store.as(user));
    expect(mine.map(({ name, role }) => ({ name, role }))).toEqual([
      { name: a, role: 'owner' },
      { name: b, role: 'owner' },
    ]);
    expect(await listOrganizations(store.as(await store.user()))).toEqual([]);
  });

  test('made by an operator’s key or the system has no member', async () => {
    const acme = await store.organization();
    const operatorKey = await acme.bot([], { allOrganizations: true });
    for (const context of [operatorKey, store.system]) {
      const { id } = await createOrganization(context, { name: uniqueName('Acme') });
      expect(await store.sql`select from memberships where organization_id = ${id}`).toEqual([]);
    }
  });

  test('is not made by a key of one organization', async () => {
    const bot = await (await store.organization()).bot(['apiKeys:*', 'members:*']);
    const before = await store.fingerprint();
    const refused = await refusalOf(createOrganization(bot, { name: uniqueName('Acme') }));
    expect(refused.code).toBe('insufficient_permissions');
    expect(await store.fingerprint()).toEqual(before);
  });
});

describe('entering an organization', () => {
  const unknownId = 'org_01jd0000000000000000000000';
  const enter = (actor: Actor, requested: string | null) =>
    enterOrganization(store.as(actor), requested);

  test('a member comes in with their role', async () => {
    const acme = await store.organization();
    for (const { actor, role } of [acme.owner, acme.admin, acme.member]) {
      expect(await enter(actor, acme.id)).toMatchObject({ organizationId: acme.id, role });
    }
  });

  test('a stranger is refused exactly as where there is no such organization', async () => {
    const [acme, other] = [await store.organization(), await store.organization()];
    const bot = await other.bot(['apiKeys:*', 'members:*']);
    await store.sql`update organizations set status = 'suspended' where id = ${other.id}`;
    const suspended = await store.organization();
    await store.sql`update organizations set status = 'suspended' where id = ${suspended.id}`;
    for (const actor of [await store.user(), other.owner.actor, bot.actor]) {
      const unknown = await refusalOf(enter(actor, unknownId));
      expect(unknown.code).toBe('not_found');
      expect(await refusalOf(enter(actor, acme.id))).toEqual(unknown);
      expect(await refusalOf(enter(actor, suspended.id))).toEqual(unknown);
      for (const noId of ['', 'acme', acme.slug, `${acme.id}x`, acme.id.toUpperCase(), 'org_\0']) {
        expect(await refusalOf(enter(actor, noId)), noId).toEqual(unknown);
      }
    }
  });

  test('a member who left is a stranger', async () => {
    const acme = await store.organization();
    const { actor } = acme.admin;
    await store.sql`delete from memberships where user_id = ${actor.userId}`;
    expect((await refusalOf(enter(actor, acme.id))).code).toBe('not_found');
  });

  test('a suspended one admits operators alone', async () => {
    const acme = await store.organization();
    const operatorKey = await (await store.organization()).bot([], { allOrganizations: true });
    await store.sql`update organizations set status = 'suspended' where id = ${acme.id}`;
    for (const { actor } of [acme.owner, acme.admin, acme.member]) {
      expect((await refusalOf(enter(actor, acme.id))).code).toBe('organization_suspended');
    }
    for (const actor of [acme.operator.actor, operatorKey.actor]) {
      expect(await enter(actor, acme.id)).toMatchObject({ organizationId: acme.id, role: null });
    }
  });

  test('an operator comes in without a role, or with the one that they have', async () => {
    const acme = await store.organization();
    const { actor } = acme.operator;
    expect(await enter(actor, acme.id)).toMatchObject({ organizationId: acme.id, role: null });
    expect((await refusalOf(enter(actor, unknownId))).code).toBe('not_found');
    await store.sql`insert into memberships (organization_id, user_id, role)
      values (${acme.id}, ${actor.userId}, 'member')`;
    expect(await enter(actor, acme.id)).toMatchObject({ role: 'member' });
  });

  test('a key stands in its own, named or not, and another’s is unknown to it', async () => {
    const [acme, other] = [await store.organization(), await store.organization()];
    const { actor } = await acme.bot(['apiKeys:*']);
    for (const requested of [null, acme.id]) {
      expect(await enter(actor, requested)).toMatchObject({ organizationId: acme.id, role: null });
    }
    const unknown = await refusalOf(enter(actor, unknownId));
    expect(await refusalOf(enter(actor, other.id))).toEqual(unknown);
  });

  test('an operator’s key stands in its own, and in the one that it names', async () => {
    const [acme, other] = [await store.organization(), await store.organization()];
    const { actor } = await acme.bot([], { allOrganizations: true });
    expect(await enter(actor, null)).toMatchObject({ organizationId: acme.id });
    expect(await enter(actor, other.id)).toMatchObject({ organizationId: other.id, role: null });
    expect((await refusalOf(enter(actor, unknownId))).code).toBe('not_found');
  });

  test('a user has to name one', async () => {
    const { owner } = await store.organization();
    expect((await refusalOf(enter(owner.actor, null))).code).toBe('invalid_request');
  });
});
