import { createKey } from '@keyward/server/keys/create-key';
import { getKeyPermissionUse } from '@keyward/server/keys/get-key-permission-use';
import { updateKey } from '@keyward/server/keys/update-key';
import { servicePresets } from '@keyward/shared/service-presets';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { restClient } from '../support/rest-client.ts';
import { makeKey, makeTenant } from '../support/tenants.ts';
import { startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';
import {
  createTestStore,
  keyInput,
  type TestOrganization,
  type TestStore,
} from '../support/test-store.ts';

let keyward: TestKeyward;
let store: TestStore;
let acme: TestOrganization;
beforeAll(async () => {
  keyward = await startTestKeyward();
  store = await createTestStore();
  acme = await store.organization();
});
afterAll(async () => {
  await store[Symbol.asyncDispose]();
  await keyward[Symbol.asyncDispose]();
});

test('a key that calls Keyward itself uses what each call needs, and is counted once a call', async () => {
  const { id: organizationId } = await makeTenant(keyward);
  const caller = await makeKey(keyward, {
    organizationId,
    permissions: ['apiKeys:*', 'usage:read', 'auditLog:read'],
  });
  const rest = restClient(keyward.url, caller.secret);
  const { key, secret } = await makeKey(keyward, { organizationId });
  expect((await rest('POST', '/v1/keys/verify', { body: { key: secret } })).status).toBe(200);
  expect((await rest('GET', `/v1/keys/${key.id}/usage`)).status).toBe(200);
  expect((await rest('GET', '/v1/members')).status).toBe(403);
  const body = { name: 'weaker', service: 'keyward', permissions: ['auditLog:read'] };
  expect((await rest('POST', '/v1/keys', { body })).status).toBe(201);
  const context = { ...keyward.context, organizationId };
  const used = async () =>
    (await getKeyPermissionUse(context, caller.key.id)).map(({ permission }) => permission);
  await expect
    .poll(used, { timeout: 10_000 })
    // What it passes on to another key it has used too.
    .toEqual(['apiKeys:create', 'apiKeys:read', 'apiKeys:verify', 'auditLog:read', 'usage:read']);
  const { body: read } = await rest('GET', `/v1/keys/${caller.key.id}`);
  expect(read.usage.totalRequests).toBe(4);
});

test('narrowing a whole resource to single actions of it grants nothing new', async () => {
  const service = await store.service(servicePresets['short-links']);
  const bot = await acme.bot(['apiKeys:update'], { service });
  const { key } = await createKey(
    acme.admin,
    keyInput({ service, permissions: ['shortLinks:*', 'members:*'] }),
  );
  const narrowed = ['shortLinks:read', 'members:read'] as const;
  const changed = await updateKey(bot, key.id, { permissions: [...narrowed] });
  expect(changed.key.permissions).toEqual(narrowed);
  await expect(
    updateKey(bot, key.id, { permissions: [...narrowed, 'shortLinks:delete'] }),
  ).rejects.toMatchObject({ code: 'insufficient_permissions' });
});
