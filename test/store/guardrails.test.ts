import { createKey } from '@keyward/server/keys/create-key';
import { listBreaches } from '@keyward/server/keys/list-breaches';
import { suspendUnusedKeys } from '@keyward/server/keys/suspend-unused-keys';
import { updateKey } from '@keyward/server/keys/update-key';
import { setGuardrails } from '@keyward/server/organizations/set-guardrails';
import { guardrails } from '@keyward/shared/guardrails';
import { servicePresets } from '@keyward/shared/service-presets';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { refusalOf } from '../support/refusal.ts';
import { createTestStore, keyInput, type TestStore } from '../support/test-store.ts';

let store: TestStore;
let service: string;
beforeAll(async () => {
  store = await createTestStore();
  service = await store.service(servicePresets.analytics);
});
afterAll(() => store[Symbol.asyncDispose]());

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

test('a breach from before may stay while another field is mended, and may not grow', async () => {
  const acme = await store.organization();
  const { key } = await createKey(acme.admin, keyInput({ service, expiresAt: inDays(60) }));
  const rules = guardrails.parse({ maximumLifetimeSeconds: 30 * 86_400 });
  await setGuardrails(acme.admin, rules);
  const { code } = await refusalOf(createKey(acme.admin, keyInput({ service, expiresAt: null })));
  expect(code).toBe('invalid_request');
  await updateKey(acme.admin, key.id, { name: 'renamed' });
  const grown = await refusalOf(updateKey(acme.admin, key.id, { expiresAt: null }));
  expect(grown.issues.map(({ path }) => path)).toEqual(['expiresAt']);
});

test('unused keys are suspended once, and a resumed one not again at once', async () => {
  const acme = await store.organization();
  const unused = await createKey(acme.admin, keyInput({ service }));
  await createKey(acme.admin, keyInput({ service }));
  await store.sql`update keys set created_at = now() - interval '9 days',
    updated_at = now() - interval '9 days' where id = ${unused.key.id}`;
  await setGuardrails(acme.admin, guardrails.parse({ suspendAfterUnusedDays: 7 }));
  expect(await suspendUnusedKeys(store.system)).toEqual([unused.key.id]);
  expect(await suspendUnusedKeys(store.system)).toEqual([]);
  const { key } = await updateKey(acme.admin, unused.key.id, { status: 'active' });
  expect(key.status).toBe('active');
  expect(await suspendUnusedKeys(store.system)).toEqual([]);
});

test('a guarded permission demands an allowlist, granted by itself or by a wildcard', async () => {
  const acme = await store.organization();
  await setGuardrails(acme.admin, guardrails.parse({ ipAllowlistRequiredFor: ['sites:delete'] }));
  for (const permissions of [['sites:delete'], ['sites:*']] as const) {
    const open = keyInput({ service, permissions: [...permissions] });
    const { issues } = await refusalOf(createKey(acme.admin, open));
    expect(issues.map(({ path }) => path)).toEqual(['ipAllowlist']);
    await createKey(acme.admin, { ...open, ipAllowlist: ['203.0.113.0/24'] });
  }
  await createKey(acme.admin, keyInput({ service, permissions: ['sites:read'] }));
});

test('who would not comply is told before the rules are set', async () => {
  const acme = await store.organization();
  const { key } = await createKey(acme.admin, keyInput({ service, expiresAt: null }));
  await createKey(acme.admin, keyInput({ service, expiresAt: inDays(10) }));
  const rules = guardrails.parse({ maximumLifetimeSeconds: 30 * 86_400 });
  const { count, data } = await listBreaches(acme.admin, rules);
  expect([count, data.map((breach) => breach.key.id)]).toEqual([1, [key.id]]);
});

test('the keys that are counted are those that the rules find something in, whichever rule it is', async () => {
  const acme = await store.organization();
  const make = (input: Partial<Parameters<typeof keyInput>[0]>) =>
    createKey(acme.admin, keyInput({ service, expiresAt: inDays(10), ...input }));
  const endless = await make({ expiresAt: null });
  const open = await make({ permissions: ['sites:delete'] });
  const wide = await make({ permissions: ['sites:*'] });
  const unused = await make({});
  await make({ permissions: ['sites:delete'], ipAllowlist: ['203.0.113.0/24'] });
  await make({ permissions: ['sites:read'] });
  const gone = await make({ expiresAt: null });
  await store.sql`update keys set revoked_at = now() where id = ${gone.key.id}`;
  await store.sql`update keys set created_at = now() - interval '40 days',
    updated_at = now() - interval '40 days', expires_at = now() where id = ${gone.key.id}`;
  await store.sql`update keys set created_at = now() - interval '10 days',
    updated_at = now() - interval '10 days' where id = ${unused.key.id}`;
  const rules = {
    maximumLifetimeSeconds: 30 * 86_400,
    ipAllowlistRequiredFor: ['sites:delete' as const],
    suspendAfterUnusedDays: 7,
  };
  const found = async (part: Partial<typeof rules>) => {
    const { count, data } = await listBreaches(acme.admin, guardrails.parse(part));
    expect(count).toBe(data.length);
    return Object.fromEntries(
      data.map(({ key, breaches }) => [key.id, breaches.map(({ path }) => path)]),
    );
  };
  expect(await found({})).toEqual({});
  expect(await found(rules)).toEqual({
    [endless.key.id]: ['expiresAt'],
    [open.key.id]: ['ipAllowlist'],
    [wide.key.id]: ['ipAllowlist'],
    [unused.key.id]: ['usage.lastUsedAt'],
  });
  expect(
    Object.keys(await found({ ipAllowlistRequiredFor: ['sites:*' as 'sites:delete'] })),
  ).toHaveLength(3);
});
