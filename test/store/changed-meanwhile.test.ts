import { createKey } from '@keyward/server/keys/create-key';
import { getKey } from '@keyward/server/keys/get-key';
import { handOverKey } from '@keyward/server/keys/hand-over-key';
import { updateKey } from '@keyward/server/keys/update-key';
import { getGuardrails, setGuardrails } from '@keyward/server/organizations/set-guardrails';
import { guardrails } from '@keyward/shared/guardrails';
import type { Permission } from '@keyward/shared/permissions';
import { servicePresets } from '@keyward/shared/service-presets';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { refusalOf } from '../support/refusal.ts';
import { createTestStore, keyInput, type TestStore } from '../support/test-store.ts';

let store: TestStore;
let service: string;
beforeAll(async () => {
  store = await createTestStore();
  service = await store.service(servicePresets.contracts);
});
afterAll(() => store[Symbol.asyncDispose]());

test('a list that rests on an older look gives nothing back that somebody took', async () => {
  const acme = await store.organization();
  const permissions: Permission[] = ['contracts:read', 'vaults:read'];
  const ipAllowlist = ['203.0.113.0/24', '198.51.100.7'];
  const { key } = await createKey(acme.admin, keyInput({ service, permissions, ipAllowlist }));
  await updateKey(acme.owner, key.id, {
    permissions: ['contracts:read'],
    ipAllowlist: ['198.51.100.7'],
  });
  const stale = await refusalOf(
    updateKey(acme.admin, key.id, { permissions: ['vaults:read'] }, { permissions }),
  );
  expect(stale).toMatchObject({ code: 'conflict', detail: expect.stringContaining('permissions') });
  const widened = { ipAllowlist: [...ipAllowlist, '192.0.2.1'] };
  const older = await refusalOf(updateKey(acme.admin, key.id, widened, { ipAllowlist }));
  expect(older).toMatchObject({ code: 'conflict', detail: expect.stringContaining('addresses') });
  expect(await getKey(acme.admin, key.id)).toMatchObject({
    permissions: ['contracts:read'],
    ipAllowlist: ['198.51.100.7'],
  });

  // In whatever order, and of what was not looked at nothing is said.
  const both: Permission[] = ['vaults:read', 'contracts:read'];
  await updateKey(acme.admin, key.id, { permissions: both }, { permissions: ['contracts:read'] });
  const { key: changed } = await updateKey(
    acme.admin,
    key.id,
    { permissions: [] },
    { permissions: both.toReversed() },
  );
  expect(changed.permissions).toEqual([]);
});

test('of two admins who write guardrails at once the second is told of the first', async () => {
  const acme = await store.organization();
  const before = await getGuardrails(acme.admin);
  const first = guardrails.parse({ maximumLifetimeSeconds: 86_400 });
  await setGuardrails(acme.admin, first, before);
  const second = guardrails.parse({ suspendAfterUnusedDays: 30 });
  expect((await refusalOf(setGuardrails(acme.owner, second, before))).code).toBe('conflict');
  expect(await getGuardrails(acme.owner)).toEqual(first);
  await setGuardrails(acme.owner, second, first);
  expect(await getGuardrails(acme.admin)).toEqual(second);
});

test('a key that is being revoked is not handed over', async () => {
  const acme = await store.organization();
  const { key } = await createKey(acme.member, keyInput({ service, kind: 'user' }));
  const revoking = Promise.withResolvers<void>();
  const locked = Promise.withResolvers<void>();
  const revoked = store.sql.begin(async (sql) => {
    await sql`update keys set revoked_at = now() where id = ${key.id}`;
    locked.resolve();
    await revoking.promise;
  });
  await locked.promise;
  const answer = refusalOf(handOverKey(acme.owner, key.id, 'Too late'));
  answer.catch(() => undefined);
  // Long enough for the hand-over to have looked at the key.
  await new Promise((resolve) => setTimeout(resolve, 500));
  revoking.resolve();
  await revoked;
  expect(await answer).toMatchObject({
    code: 'conflict',
    detail: expect.stringContaining('revoked'),
  });
  const [row] = await store.sql`select count(*)::int as count from keys
    where organization_id = ${acme.id} and name = 'Too late'`;
  expect(row?.count).toBe(0);
});
