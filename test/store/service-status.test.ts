import { createKey } from '@keyward/server/keys/create-key';
import { countServiceKeys } from '@keyward/server/services/count-service-keys';
import { getService } from '@keyward/server/services/get-service';
import { putService, putServiceWithReceipt } from '@keyward/server/services/put-service';
import { setServiceStatus } from '@keyward/server/services/set-service-status';
import { servicePresets } from '@keyward/shared/service-presets';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { refusalOf } from '../support/refusal.ts';
import {
  createTestStore,
  inStaleSession,
  keyInput,
  type TestOrganization,
  type TestStore,
  type UserContext,
} from '../support/test-store.ts';
import { uniqueName } from '../support/unique-name.ts';

let store: TestStore;
let acme: TestOrganization;
let operator: UserContext;
beforeAll(async () => {
  store = await createTestStore();
  acme = await store.organization();
  operator = acme.operator;
});
afterAll(() => store[Symbol.asyncDispose]());

describe('the status of a service', () => {
  test('disabled, no key of it can be made; enabled, it can again, and both are recorded', async () => {
    const slug = await store.service(servicePresets.analytics);
    const disabled = await setServiceStatus(operator, slug, 'disabled');
    expect(disabled).toMatchObject({
      service: { slug, status: 'disabled' },
      receipt: { nodes: 0 },
    });
    const refused = await refusalOf(createKey(acme.admin, keyInput({ service: slug })));
    expect(refused.issues.map(({ path }) => path)).toEqual(['service']);
    await setServiceStatus(operator, slug, 'active');
    await createKey(acme.admin, keyInput({ service: slug }));
    const { id } = await getService(store.system, slug);
    const events =
      await store.sql`select action from audit_events where target_id = ${id} order by number`;
    expect(events.map(({ action }) => action)).toEqual([
      'service.created',
      'service.disabled',
      'service.enabled',
    ]);
  });

  test('that it has already changes nothing, and is recorded no second time', async () => {
    const slug = await store.service(servicePresets.analytics);
    const { service } = await setServiceStatus(operator, slug, 'disabled');
    const before = await store.fingerprint();
    const again = await setServiceStatus(operator, slug, 'disabled');
    expect(again.service).toEqual(service);
    expect(await store.fingerprint()).toEqual(before);
  });

  test('is for operators, and of Keyward’s own service for nobody', async () => {
    const slug = await store.service(servicePresets.analytics);
    const bot = await acme.bot(['apiKeys:*']);
    const before = await store.fingerprint();
    for (const context of [acme.owner, acme.admin, acme.member, bot]) {
      const refused = await refusalOf(setServiceStatus(context, slug, 'disabled'));
      expect(refused.code).toBe('insufficient_permissions');
      expect((await refusalOf(countServiceKeys(context, slug))).code).toBe(
        'insufficient_permissions',
      );
    }
    const own = await refusalOf(setServiceStatus(operator, 'keyward', 'disabled'));
    expect(own.code).toBe('conflict');
    const none = await refusalOf(setServiceStatus(operator, 'no-such', 'disabled'));
    expect(none.code).toBe('not_found');
    expect(await store.fingerprint()).toEqual(before);
  });
});

test('a service is disabled and enabled only by a session whose password was just given', async () => {
  const slug = await store.service(servicePresets.analytics);
  const before = await store.fingerprint();
  for (const status of ['disabled', 'active'] as const) {
    const refused = await refusalOf(setServiceStatus(inStaleSession(operator), slug, status));
    expect(refused.code).toBe('confirmation_required');
  }
  expect(await store.fingerprint()).toEqual(before);
});

test('the keys of a service are counted by tier, over all organizations', async () => {
  const slug = await store.service(servicePresets.contracts);
  const globex = await store.organization();
  await createKey(acme.admin, keyInput({ service: slug, tier: 'public' }));
  const rateLimit = { limit: 5, windowSeconds: 60 };
  await createKey(globex.admin, keyInput({ service: slug, tier: 'public', rateLimit }));
  const { key } = await createKey(globex.admin, keyInput({ service: slug, tier: 'partner' }));
  await store.sql`update keys set revoked_at = now() where id = ${key.id}`;
  expect(await countServiceKeys(acme.operator, slug)).toEqual({
    organizations: 2,
    tiers: [
      { name: 'partner', keys: 1, live: 0, onTierLimit: 0 },
      { name: 'public', keys: 2, live: 2, onTierLimit: 1 },
    ],
  });
});

describe('what the caller expects of the catalog', () => {
  test('a slug that is to be free and is not is refused, and the service stays', async () => {
    const slug = await store.service(servicePresets.analytics);
    const before = await store.fingerprint();
    const put = putServiceWithReceipt(
      acme.operator,
      slug,
      { preset: 'merchant' },
      { expectedUpdatedAt: null },
    );
    expect((await refusalOf(put)).code).toBe('conflict');
    expect(await store.fingerprint()).toEqual(before);
    const made = await putServiceWithReceipt(
      acme.operator,
      uniqueName('free'),
      { preset: 'merchant' },
      { expectedUpdatedAt: null },
    );
    expect(made.service.status).toBe('active');
  });

  test('of two who change what both have read, the second is refused', async () => {
    const slug = await store.service(servicePresets.analytics);
    const { updatedAt } = await getService(store.system, slug);
    // Their clocks may read the same millisecond.
    await store.sql`select pg_sleep(0.002)`;
    const profile = { ...servicePresets.analytics, slug };
    const rename = (name: string) =>
      putServiceWithReceipt(
        acme.operator,
        slug,
        { ...profile, name },
        { expectedUpdatedAt: updatedAt },
      );
    expect((await rename('First')).service.name).toBe('First');
    expect((await refusalOf(rename('Second'))).code).toBe('conflict');
    expect((await putService(acme.operator, slug, { ...profile, name: 'Third' })).name).toBe(
      'Third',
    );
  });
});
