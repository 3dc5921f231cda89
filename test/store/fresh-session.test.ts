import { createKey } from '@keyward/server/keys/create-key';
import { endRotation } from '@keyward/server/keys/end-rotation';
import { handOverKey } from '@keyward/server/keys/hand-over-key';
import { rotateKey } from '@keyward/server/keys/rotate-key';
import { updateKey } from '@keyward/server/keys/update-key';
import { changeRole } from '@keyward/server/organizations/change-role';
import { inviteMember } from '@keyward/server/organizations/invite-member';
import { renewInvitation } from '@keyward/server/organizations/renew-invitation';
import { createWebhook } from '@keyward/server/webhooks/create-webhook';
import { removeWebhook } from '@keyward/server/webhooks/remove-webhook';
import { rotateWebhookSecret } from '@keyward/server/webhooks/rotate-webhook-secret';
import { updateWebhook } from '@keyward/server/webhooks/update-webhook';
import type { Permission } from '@keyward/shared/permissions';
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
let service: string;
beforeAll(async () => {
  store = await createTestStore();
  acme = await store.organization();
  service = await store.service(servicePresets.analytics);
});
afterAll(() => store[Symbol.asyncDispose]());

const somebody = () => `${uniqueName('bea')}@example.com`;
const target = { url: 'https://hooks.example.com/keyward' };
const powerful = (...permissions: Permission[]) => ({ service: 'keyward', permissions });

const makeKey = async (input: Parameters<typeof keyInput>[0], context: UserContext = acme.admin) =>
  (await createKey(context, keyInput(input))).key.id;
const makeWebhook = async () => (await createWebhook(acme.admin, target, [])).webhook.id;

/** A call of an admin's, with what it needs made before. */
type Sensitive = () => Promise<(context: UserContext) => Promise<unknown>>;

const sensitive: Record<string, Sensitive> = {
  'an invitation': async () => (admin) =>
    inviteMember(admin, { email: somebody(), role: 'member' }),
  'a new link for an invitation': async () => {
    const { id } = await inviteMember(acme.admin, { email: somebody(), role: 'member' });
    return (admin) => renewInvitation(admin, id);
  },
  'a higher role': async () => {
    const { actor } = await acme.join('member');
    return (admin) => changeRole(admin, actor.userId, 'admin');
  },
  'a key that may manage': async () => (admin) =>
    createKey(admin, keyInput(powerful('members:create'))),
  'the permission to manage, for a key': async () => {
    const id = await makeKey(powerful('usage:read'));
    return (admin) => updateKey(admin, id, { permissions: ['apiKeys:read'] });
  },
  'a secret of a key that may manage': async () => {
    const id = await makeKey(powerful('members:create'));
    return (admin) => rotateKey(admin, id, {});
  },
  'the end of a suspension of a key that may manage': async () => {
    const id = await makeKey(powerful('members:create'));
    await updateKey(acme.admin, id, { status: 'suspended' });
    return (admin) => updateKey(admin, id, { status: 'active' });
  },
  'further addresses for a key that may manage': async () => {
    const id = await makeKey({ ...powerful('members:create'), ipAllowlist: ['203.0.113.7'] });
    return (admin) => updateKey(admin, id, { ipAllowlist: [] });
  },
  'a later end of a key that may manage': async () => {
    const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
    const id = await makeKey({ ...powerful('members:create'), expiresAt });
    return (admin) => updateKey(admin, id, { expiresAt: null });
  },
  'the older secret of a key that may manage': async () => {
    const id = await makeKey(powerful('members:create'));
    await rotateKey(acme.admin, id, {});
    return (admin) => endRotation(admin, id, { action: 'rollback' });
  },
  'a bot key from a key that may manage': async () => {
    const ada = await acme.join('admin');
    const id = await makeKey({ kind: 'user', service, permissions: ['apiKeys:read'] }, ada);
    return (admin) => handOverKey(admin, id, uniqueName('bot'));
  },
  'a webhook': async () => (admin) => createWebhook(admin, target, []),
  'another address for a webhook': async () => {
    const id = await makeWebhook();
    return (admin) =>
      updateWebhook(admin, id, { url: 'https://elsewhere.example.com/keyward' }, []);
  },
  'another secret for a webhook': async () => {
    const id = await makeWebhook();
    return (admin) => rotateWebhookSecret(admin, id);
  },
  'the end of a webhook': async () => {
    const id = await makeWebhook();
    return (admin) => removeWebhook(admin, id);
  },
};

describe('what outlasts a session asks for the password again after 15 minutes', () => {
  test.each(Object.entries(sensitive))('%s', async (_name, prepare) => {
    const call = await prepare();
    const before = await store.fingerprint();
    const refused = await refusalOf(call(inStaleSession(acme.admin)));
    expect(refused).toMatchObject({ code: 'confirmation_required' });
    expect(await store.fingerprint()).toEqual(before);
    await call(acme.admin);
  });
});

describe('what does not is done at any time', () => {
  test.each<[string, Sensitive]>([
    ['a key of a service', async () => (admin) => createKey(admin, keyInput({ service }))],
    [
      'a lower role',
      async () => {
        const { actor } = await acme.join('admin');
        return (admin) => changeRole(admin, actor.userId, 'member');
      },
    ],
    [
      'other words for a webhook, at the address that it has',
      async () => {
        const id = await makeWebhook();
        return (admin) => updateWebhook(admin, id, { ...target, description: 'Billing' }, []);
      },
    ],
    [
      'the suspension of a key that may manage',
      async () => {
        const id = await makeKey(powerful('members:create'));
        return (admin) => updateKey(admin, id, { status: 'suspended' });
      },
    ],
    [
      'less for a key that may manage',
      async () => {
        const id = await makeKey(powerful('members:create', 'members:read'));
        return (admin) => updateKey(admin, id, { permissions: ['members:read'] });
      },
    ],
  ])('%s', async (_name, prepare) => {
    await (await prepare())(inStaleSession(acme.admin));
  });
});
