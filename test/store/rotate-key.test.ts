import type { OrganizationContext } from '@keyward/server/context';
import { createKey } from '@keyward/server/keys/create-key';
import { endRotation } from '@keyward/server/keys/end-rotation';
import { retireQuietSecrets } from '@keyward/server/keys/retire-quiet-secrets';
import { revokeKey } from '@keyward/server/keys/revoke-key';
import { rotateKey } from '@keyward/server/keys/rotate-key';
import { explainVerification } from '@keyward/server/verification/verify-key';
import { servicePresets } from '@keyward/shared/service-presets';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { refusalOf, tally } from '../support/refusal.ts';
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

async function makeKey(context: OrganizationContext = acme.admin) {
  const { key, secret } = await createKey(context, keyInput({ service }));
  return { id: key.id, secret: secret ?? '' };
}

async function outcomeOf(plaintextSecret: string): Promise<string> {
  const { outcome } = await explainVerification(store, {
    plaintextSecret,
    asker: 'own',
    service: null,
    address: null,
    permissions: [],
    cost: 0,
  });
  return outcome;
}

const outcomes = (...secrets: string[]) => Promise.all(secrets.map(outcomeOf));

test('a rotation keeps the id, and both secrets are good until it ends', async () => {
  const { id, secret } = await makeKey();
  const rotated = await rotateKey(acme.admin, id, {});
  expect(rotated.key.id).toBe(id);
  expect(rotated.key.secrets).toHaveLength(2);
  expect(await outcomes(secret, rotated.secret)).toEqual(['VALID', 'VALID']);
  expect(await refusalOf(rotateKey(acme.admin, id, {}))).toMatchObject({ code: 'conflict' });
});

test('a grace ends by the time of the database, and then the key rotates again', async () => {
  const { id, secret } = await makeKey();
  const second = await rotateKey(acme.admin, id, { graceSeconds: 60 });
  await store.sql`update key_secrets set retires_at = retires_at - interval '61 seconds'
    where key_id = ${id} and retires_at is not null`;
  expect(await outcomes(secret, second.secret)).toEqual(['RETIRED', 'VALID']);
  const third = await rotateKey(acme.admin, id, { graceSeconds: 0 });
  expect(await outcomes(secret, second.secret, third.secret)).toEqual([
    'RETIRED',
    'RETIRED',
    'VALID',
  ]);
});

test.each([
  ['finish', ['RETIRED', 'VALID']],
  ['rollback', ['VALID', 'RETIRED']],
] as const)('%s leaves one secret, and there is nothing left to end', async (action, expected) => {
  const { id, secret } = await makeKey();
  const rotated = await rotateKey(acme.admin, id, {});
  const { key } = await endRotation(acme.admin, id, { action });
  expect(key.secrets).toHaveLength(1);
  expect(await outcomes(secret, rotated.secret)).toEqual(expected);
  const again = await refusalOf(endRotation(acme.admin, id, { action }));
  expect(again.code).toBe('conflict');
});

test('a quiet secret retires only after its successor was seen and it has been quiet', async () => {
  const { id, secret } = await makeKey();
  const rotated = await rotateKey(acme.admin, id, { retireWhenQuietSeconds: 60 });
  const use = (which: 'first' | 'last', secondsAgo: number) =>
    store.sql`update key_secrets set
      first_used_at = now() - make_interval(secs => ${secondsAgo}),
      last_used_at = now() - make_interval(secs => ${secondsAgo})
      where id = (select ${which === 'first' ? store.sql`min(id)` : store.sql`max(id)`}
        from key_secrets where key_id = ${id})`;
  await use('first', 600);
  await retireQuietSecrets(store.system);
  expect(await outcomes(secret, rotated.secret)).toEqual(['VALID', 'VALID']);
  await use('last', 300);
  await use('first', 10);
  await retireQuietSecrets(store.system);
  expect(await outcomes(secret, rotated.secret)).toEqual(['VALID', 'VALID']);
  await use('first', 61);
  expect(await retireQuietSecrets(store.system)).toEqual([id]);
  expect(await outcomes(secret, rotated.secret)).toEqual(['RETIRED', 'VALID']);
  await rotateKey(acme.admin, id, {});
});

test('of ten rotations at once exactly one is made', async () => {
  const { id } = await makeKey();
  const counts = await tally(Array.from({ length: 10 }, () => rotateKey(acme.admin, id, {})));
  expect(counts).toEqual({ done: 1, conflict: 9 });
});

test('a revoked key cannot rotate', async () => {
  const { id } = await makeKey();
  await revokeKey(acme.admin, id);
  expect(await refusalOf(rotateKey(acme.admin, id, {}))).toMatchObject({ code: 'conflict' });
});

test('a key does not get the secret of a key that can do more than itself', async () => {
  const stronger = await acme.bot(['apiKeys:*', 'members:*']);
  const bot = await acme.bot(['apiKeys:update']);
  const { code } = await refusalOf(rotateKey(bot, stronger.actor.keyId, {}));
  expect(code).toBe('insufficient_permissions');
});

test('an admin does not get the secret of an operator’s key', async () => {
  const operatorKey = await acme.bot([], { allOrganizations: true });
  const { code } = await refusalOf(rotateKey(acme.admin, operatorKey.actor.keyId, {}));
  expect(code).toBe('insufficient_permissions');
});
