import {
  offerAuthenticator,
  turnOffSecondFactor,
  turnOnSecondFactor,
} from '@keyward/server/accounts/second-factor/manage-second-factor';
import { createOrganization } from '@keyward/server/organizations/create-organization';
import { enterOrganization } from '@keyward/server/organizations/enter-organization';
import { getOrganization } from '@keyward/server/organizations/get-organization';
import { listOrganizations } from '@keyward/server/organizations/list-organizations';
import { setSecondFactor } from '@keyward/server/organizations/set-second-factor';
import { updateOrganization } from '@keyward/server/organizations/update-organization';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { codeOfApp } from '../support/authenticator.ts';
import { refusalOf } from '../support/refusal.ts';
import {
  contextOf,
  type SignedInContext,
  signUpSomebody,
  stale,
} from '../support/signed-in-context.ts';
import { createTestStore, type TestStore } from '../support/test-store.ts';
import { uniqueName } from '../support/unique-name.ts';

let store: TestStore;
let owner: SignedInContext;
let organizationId: string;
beforeAll(async () => {
  store = await createTestStore();
});
afterAll(() => store[Symbol.asyncDispose]());
beforeEach(async () => {
  await store.sql`delete from guesses`;
  owner = await signUpSomebody(store);
  ({ id: organizationId } = await createOrganization(owner, { name: uniqueName('Acme') }));
});

const codeOf = async (answer: Promise<unknown>) => (await refusalOf(answer)).code;
const enter = (context: SignedInContext) => enterOrganization(context, organizationId);

async function withSecondFactor(context: SignedInContext): Promise<SignedInContext> {
  const { secret } = await offerAuthenticator(context);
  await turnOnSecondFactor(context, codeOfApp(secret));
  return contextOf(store, context.cookies);
}

async function slugOf(id: string): Promise<string> {
  const [row] = await store.sql`select slug from organizations where id = ${id}`;
  return row?.slug;
}

async function demand(): Promise<SignedInContext> {
  const context = await withSecondFactor(owner);
  await setSecondFactor(await enter(context), true);
  return context;
}

describe('an organization that demands a second factor', () => {
  test('lets in the sessions that have one, and refuses the others with a code of its own', async () => {
    const secured = await demand();
    expect(await enter(secured)).toMatchObject({ organizationId, role: 'owner' });
    const member = await signUpSomebody(store);
    await store.sql`insert into memberships (organization_id, user_id, role)
      values (${organizationId}, ${member.actor.userId}, 'member')`;
    expect(await codeOf(enter(member))).toBe('second_factor_required');
    const [own] = await listOrganizations(member);
    expect(own).toMatchObject({ id: organizationId, requiresSecondFactor: true });
    expect((await enter(await withSecondFactor(member))).role).toBe('member');
  });

  test('is still unknown to strangers, and lets operators in by the same rule', async () => {
    await demand();
    expect(await codeOf(enter(await signUpSomebody(store)))).toBe('not_found');
    const operator = await signUpSomebody(store);
    await store.sql`update users set is_operator = true where id = ${operator.actor.userId}`;
    const context = await contextOf(store, operator.cookies);
    expect(await codeOf(enter(context))).toBe('second_factor_required');
    await enter(await withSecondFactor(context));
  });

  test('is neither renamed nor suspended by an operator who has none, who learns of it no more than that it demands one', async () => {
    await demand();
    const operator = await signUpSomebody(store);
    await store.sql`update users set is_operator = true where id = ${operator.actor.userId}`;
    const context = await contextOf(store, operator.cookies);
    const { slug } = await getOrganization(store.system, await slugOf(organizationId));
    const before = await store.fingerprint();
    for (const refused of [
      () => updateOrganization(context, organizationId, { name: 'Renamed' }),
      () => updateOrganization(context, organizationId, { status: 'suspended' }),
    ]) {
      expect(await codeOf(refused())).toBe('second_factor_required');
    }
    expect(await store.fingerprint()).toEqual(before);
    expect(await getOrganization(context, slug)).toMatchObject({ requiresSecondFactor: true });
    const secured = await withSecondFactor(context);
    await updateOrganization(secured, organizationId, { status: 'suspended' });
  });

  test('does not touch keys', async () => {
    const acme = await store.organization();
    await store.sql`update organizations set requires_second_factor = true where id = ${acme.id}`;
    const bot = await acme.bot(['apiKeys:read']);
    expect(await enterOrganization(bot, acme.id)).toMatchObject({ organizationId: acme.id });
  });

  test('refuses whoever turns theirs off, at the next call', async () => {
    const secured = await demand();
    await turnOffSecondFactor(secured);
    const now = await contextOf(store, owner.cookies);
    expect(await codeOf(enter(now))).toBe('second_factor_required');
  });
});

describe('demanding it', () => {
  test('is for admins, in a session that has one and whose password was just given', async () => {
    const acme = await store.organization();
    const before = await store.fingerprint();
    expect(await codeOf(setSecondFactor(acme.member, true))).toBe('insufficient_permissions');
    const bot = await acme.bot(['members:*']);
    expect(await codeOf(setSecondFactor(bot, true))).toBe('insufficient_permissions');
    expect(await codeOf(setSecondFactor(await enter(owner), true))).toBe('second_factor_required');
    const later = await stale(store, owner);
    expect(await codeOf(setSecondFactor(await enter(later), true))).toBe('confirmation_required');
    const after = await store.fingerprint();
    expect(after.organizations).toBe(before.organizations);
  });

  test('and ceasing to is written down, with what it was', async () => {
    const secured = await demand();
    await setSecondFactor(await enter(secured), false);
    const rows = await store.sql`select data from audit_events where chain = ${organizationId}
      and action = 'organization.second_factor_changed' order by number`;
    const [off, on] = [{ requiresSecondFactor: false }, { requiresSecondFactor: true }];
    expect(rows.map(({ data }) => data)).toEqual([
      { before: off, after: on },
      { before: on, after: off },
    ]);
    expect((await enterOrganization(owner, organizationId)).role).toBe('owner');
  });
});
