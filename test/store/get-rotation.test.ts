import type { OrganizationContext } from '@keyward/server/context';
import { confirmStored } from '@keyward/server/keys/confirm-stored';
import { createKey } from '@keyward/server/keys/create-key';
import { endRotation } from '@keyward/server/keys/end-rotation';
import { getRotation } from '@keyward/server/keys/get-rotation';
import { rotateKey } from '@keyward/server/keys/rotate-key';
import { updateKey } from '@keyward/server/keys/update-key';
import { writeUsage } from '@keyward/server/verification/usage/write-usage';
import type { Outcome } from '@keyward/shared/outcomes';
import { servicePresets } from '@keyward/shared/service-presets';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { refusalOf } from '../support/refusal.ts';
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
  service = await store.service(servicePresets.merchant);
});
afterAll(() => store[Symbol.asyncDispose]());

async function makeKey() {
  const { key } = await createKey(acme.admin, keyInput({ service }));
  return key;
}

/** Counts calls as a node writes them: by the oldest secrets of the key, and the newest. */
async function use(keyId: string, which: 'older' | 'newer', address: string, outcome: Outcome) {
  const rows = await store.sql<{ id: string }[]>`
    select id from key_secrets where key_id = ${keyId} order by id`;
  const secretId = (which === 'older' ? rows.at(0) : rows.at(-1))?.id ?? '';
  const count = { keyId, secretId, outcome, address, permissions: [], count: 2 };
  await writeUsage(store.database, [{ keyId, counts: [count], addresses: new Map() }]);
}

test('one secret alone is told with who made it', async () => {
  const key = await makeKey();
  const { secrets, retired, refusedCalls } = await getRotation(acme.admin, key.id);
  expect(secrets).toEqual([
    {
      start: key.start,
      last4: key.last4,
      createdAt: key.createdAt,
      createdBy: key.createdBy,
      stored: null,
      firstUsedAt: null,
      lastUsedAt: null,
      lastUsedIp: null,
      retiresAt: null,
      retireWhenQuietSeconds: null,
    },
  ]);
  expect(retired).toEqual([]);
  expect(refusedCalls).toBe(0);
});

test('each step of a rotation leaves its evidence', async () => {
  const { id, last4 } = await makeKey();
  await use(id, 'older', '203.0.113.1', 'VALID');
  const rotated = await rotateKey(acme.owner, id, { retireWhenQuietSeconds: 60 });
  const made = await getRotation(acme.admin, id);
  expect(made.secrets).toMatchObject([
    { last4, lastUsedIp: '203.0.113.1', retireWhenQuietSeconds: 60, retiresAt: null },
    {
      last4: rotated.key.last4,
      createdBy: { type: 'user', id: acme.owner.actor.userId },
      stored: null,
      firstUsedAt: null,
    },
  ]);

  await confirmStored(acme.admin, id, rotated.key.last4);
  await use(id, 'newer', '203.0.113.2', 'VALID');
  const { now, secrets } = await getRotation(acme.admin, id);
  const [older, newer] = secrets;
  expect(newer?.stored?.by).toMatchObject({ id: acme.admin.actor.userId });
  expect(newer?.firstUsedAt).toBe(newer?.lastUsedAt);
  expect(Date.parse(newer?.firstUsedAt ?? '')).toBeLessThanOrEqual(Date.parse(now));
  expect([older?.lastUsedIp, newer?.lastUsedIp]).toEqual([null, '203.0.113.2']);
});

test('a refused call is no use of a secret', async () => {
  const { id } = await makeKey();
  await rotateKey(acme.admin, id, {});
  await use(id, 'newer', '203.0.113.2', 'IP_NOT_ALLOWED');
  const { secrets } = await getRotation(acme.admin, id);
  expect(secrets.map((one) => [one.firstUsedAt, one.lastUsedAt])).toEqual([
    [null, null],
    [null, null],
  ]);
});

test('a secret that both may have used is not told an address', async () => {
  const { id } = await makeKey();
  await rotateKey(acme.admin, id, {});
  const rows = await store.sql<{ id: string }[]>`select id from key_secrets where key_id = ${id}`;
  const counts = rows.map((row) => ({
    keyId: id,
    secretId: row.id,
    outcome: 'VALID' as const,
    address: '203.0.113.3',
    permissions: [],
    count: 1,
  }));
  await writeUsage(store.database, [{ keyId: id, counts, addresses: new Map() }]);
  const { secrets } = await getRotation(acme.admin, id);
  expect(secrets.map((one) => one.lastUsedIp)).toEqual([null, null]);
});

test('what has retired stays to be seen, and so do the calls that still come with it', async () => {
  const { id, last4 } = await makeKey();
  const second = await rotateKey(acme.admin, id, {});
  await endRotation(acme.admin, id, { action: 'finish' });
  await use(id, 'older', '203.0.113.1', 'RETIRED');
  const finished = await getRotation(acme.admin, id);
  expect(finished.secrets.map((one) => one.last4)).toEqual([second.key.last4]);
  expect(finished.retired.map((one) => one.last4)).toEqual([last4]);
  expect(finished.refusedCalls).toBe(2);

  const third = await rotateKey(acme.admin, id, {});
  await store.sql`update key_secrets set retires_at = now() - interval '1 second'
    where key_id = ${id} and retires_at is not null`;
  const { secrets, retired } = await getRotation(acme.admin, id);
  expect(secrets.map((one) => one.last4)).toEqual([third.key.last4]);
  expect(retired.map((one) => one.last4)).toEqual([second.key.last4, last4]);
});

test('after any number of rollbacks the secret that counts is still shown', async () => {
  const { id, last4 } = await makeKey();
  for (let round = 0; round < 9; round += 1) {
    await rotateKey(acme.admin, id, {});
    await endRotation(acme.admin, id, { action: 'rollback' });
  }
  const { secrets, retired } = await getRotation(acme.admin, id);
  expect(secrets.map((one) => one.last4)).toEqual([last4]);
  expect(retired).toHaveLength(6);
});

test('a member sees the rotation of their own key alone, and a bot needs apiKeys:read', async () => {
  const { id } = await makeKey();
  const own = await createKey(acme.member, keyInput({ service, kind: 'user' }));
  expect((await getRotation(acme.member, own.key.id)).secrets).toHaveLength(1);
  const confirm = (context: OrganizationContext, keyId: string) =>
    confirmStored(context, keyId, 'AbCd');
  for (const verb of [getRotation, confirm]) {
    expect(await refusalOf(verb(acme.member, id))).toMatchObject({ code: 'not_found' });
    const other = await store.organization();
    expect(await refusalOf(verb(other.admin, id))).toMatchObject({ code: 'not_found' });
    const bot = await acme.bot(['usage:read']);
    expect(await refusalOf(verb(bot, id))).toMatchObject({ code: 'insufficient_permissions' });
  }
});

test('a dead secret cannot be said to be stored', async () => {
  const { id, last4 } = await makeKey();
  const { key } = await rotateKey(acme.admin, id, {});
  await endRotation(acme.admin, id, { action: 'rollback' });
  const { code } = await refusalOf(confirmStored(acme.admin, id, key.last4));
  expect(code).toBe('conflict');
  await confirmStored(acme.admin, id, last4);
});

test('a key with a limit of its own takes its tier’s again', async () => {
  const { id, rateLimit } = await makeKey();
  const own = { limit: 3, windowSeconds: 60 };
  expect((await updateKey(acme.operator, id, { rateLimit: own })).key.rateLimit).toEqual(own);
  expect((await updateKey(acme.admin, id, { rateLimit: 'tier' })).key.rateLimit).toEqual(rateLimit);
  const [row] = await store.sql`select rate_limit from keys where id = ${id}`;
  expect(row?.rate_limit).toBeNull();
});
