import type { OrganizationContext } from '@keyward/server/context';
import { createKey } from '@keyward/server/keys/create-key';
import { getKeyActivity } from '@keyward/server/keys/get-key-activity';
import { getKeyPermissionUse } from '@keyward/server/keys/get-key-permission-use';
import { getKeyUsage } from '@keyward/server/keys/get-key-usage';
import { getRotation } from '@keyward/server/keys/get-rotation';
import { listKeyAddresses } from '@keyward/server/keys/list-key-addresses';
import { listKeys } from '@keyward/server/keys/list-keys';
import { previewRemoval } from '@keyward/server/organizations/preview-removal';
import type { Key } from '@keyward/shared/keys';
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
let key: Key;
beforeAll(async () => {
  store = await createTestStore();
  acme = await store.organization();
  ({ key } = await createKey(acme.member, keyInput({ service: 'keyward', kind: 'user' })));
});
afterAll(() => store[Symbol.asyncDispose]());

/** All that shows how keys are used to whoever may read the keys. */
const views: Record<string, (context: OrganizationContext) => Promise<unknown>> = {
  'its hours': (context) => getKeyUsage(context, key.id, { bucket: 'day' }),
  'its week': (context) => getKeyActivity(context, { ids: [key.id] }),
  'its addresses': (context) => listKeyAddresses(context, key.id),
  'its use of permissions': (context) => getKeyPermissionUse(context, key.id),
  'its secrets while it rotates': (context) => getRotation(context, key.id),
  'what a removal would end': (context) => previewRemoval(context, acme.member.actor.userId),
  'keys that are refused a lot': (context) => listKeys(context, { limit: 10, refusedALot: true }),
  'keys that hold too much': (context) => listKeys(context, { limit: 10, overPrivileged: true }),
};

test.each(Object.entries(views))(
  '%s: read by people who see the key, and by keys that hold usage:read alone',
  async (_what, view) => {
    const reader = await acme.bot(['apiKeys:read', 'members:read']);
    expect(await refusalOf(view(reader))).toMatchObject({
      code: 'insufficient_permissions',
      detail: expect.stringContaining('usage:read'),
    });
    await view(await acme.bot(['apiKeys:read', 'members:read', 'usage:read']));
    await view(acme.member);
    await view(acme.admin);
  },
);
