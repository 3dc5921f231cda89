import { createKey } from '@keyward/server/keys/create-key';
import { getKey } from '@keyward/server/keys/get-key';
import { updateKey } from '@keyward/server/keys/update-key';
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

test('a member does not lift from their own key the lock that an admin put on it, and may narrow it', async () => {
  const acme = await store.organization();
  const { key } = await createKey(acme.member, keyInput({ service, kind: 'user' }));
  const set = (ipAllowlist: string[], who = acme.member) => updateKey(who, key.id, { ipAllowlist });
  await set(['203.0.113.0/24', '2001:db8::/32'], acme.admin);

  for (const wider of [
    [],
    ['203.0.113.0/23'],
    ['0.0.0.0/0'],
    ['::/0'],
    ['203.0.113.0/24', '198.51.100.7'],
    ['::ffff:198.51.100.0/120'],
  ]) {
    expect(await refusalOf(set(wider))).toMatchObject({
      code: 'insufficient_permissions',
      detail: expect.stringContaining('owner or admin'),
    });
  }
  expect((await getKey(acme.member, key.id)).ipAllowlist).toEqual([
    '203.0.113.0/24',
    '2001:db8::/32',
  ]);

  await set(['203.0.113.0/24', '2001:db8::/32']);
  await set(['203.0.113.128/25', '203.0.113.9']);
  expect((await refusalOf(set(['203.0.113.0/24']))).code).toBe('insufficient_permissions');
  // With the other changes of a form that leaves the list alone, too.
  await updateKey(acme.member, key.id, {
    name: 'Laptop',
    ipAllowlist: ['203.0.113.9', '203.0.113.128/25'],
  });
  await set([], acme.owner);
  await set(['192.0.2.1']);
  await set(['0.0.0.0/0'], acme.operator);
});
