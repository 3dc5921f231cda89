import { createAccount } from '@keyward/server/accounts/create-account';
import { createKey } from '@keyward/server/keys/create-key';
import { createOrganization } from '@keyward/server/organizations/create-organization';
import { putService } from '@keyward/server/services/put-service';
import { createWebhook } from '@keyward/server/webhooks/create-webhook';
import { listWebhooks } from '@keyward/server/webhooks/list-webhooks';
import { removeWebhook } from '@keyward/server/webhooks/remove-webhook';
import { createKeyOfKindInput, type Key } from '@keyward/shared/keys';
import type { Role } from '@keyward/shared/organizations';
import type { PresetName } from '@keyward/shared/service-presets';
import type { Webhook } from '@keyward/shared/webhooks';
import type { z } from 'zod';
import { type ConsoleClient, consoleClient } from './console-client.ts';
import type { TestKeyward } from './test-keyward.ts';
import { uniqueName } from './unique-name.ts';

export interface MadeKey {
  key: Key;
  secret: string;
}

export interface KeyOptions extends Omit<Partial<z.input<typeof createKeyOfKindInput>>, 'kind'> {
  /** Left out: the operator's. */
  organizationId?: string;
  allOrganizations?: boolean;
}

/** A bot key, of Keyward's own service and with `apiKeys:verify` unless something else is asked. */
export async function makeKey(
  keyward: TestKeyward,
  { organizationId = keyward.context.organizationId, allOrganizations, ...input }: KeyOptions = {},
): Promise<MadeKey> {
  const { key, secret } = await createKey(
    { ...keyward.context, organizationId },
    createKeyOfKindInput.parse({
      name: uniqueName('key'),
      service: 'keyward',
      permissions: ['apiKeys:verify'],
      ...input,
      kind: 'bot',
    }),
    { allOrganizations: allOrganizations ?? false },
  );
  if (secret === null) {
    throw new Error('The key was made without a secret.');
  }
  return { key, secret };
}

export interface Tenant {
  id: string;
  slug: string;
  name: string;
  /** A key that manages and verifies the keys of this organization alone. */
  manager: MadeKey;
}

/** An organization of strangers. */
export async function makeTenant(keyward: TestKeyward): Promise<Tenant> {
  const name = uniqueName('Globex');
  const { id, slug } = await createOrganization(keyward.context, { name });
  const manager = await makeKey(keyward, { organizationId: id, permissions: ['apiKeys:*'] });
  return { id, slug, name, manager };
}

export async function putPresets(keyward: TestKeyward, ...presets: PresetName[]): Promise<void> {
  for (const preset of presets) await putService(keyward.context, preset, { preset });
}

/**
 * A webhook of the operator's organization, or of another. Whatever it had before is removed, since an
 * organization has only so many. Nothing listens there.
 */
export async function makeWebhook(
  keyward: TestKeyward,
  organizationId = keyward.context.organizationId,
): Promise<Webhook> {
  await removeWebhooks(keyward, organizationId);
  const context = { ...keyward.context, organizationId };
  const { webhook } = await createWebhook(context, { url: 'https://hooks.example/keyward' }, []);
  return webhook;
}

export async function removeWebhooks(
  keyward: TestKeyward,
  organizationId = keyward.context.organizationId,
): Promise<void> {
  const context = { ...keyward.context, organizationId };
  for (const { id } of await listWebhooks(context)) await removeWebhook(context, id);
}

export interface Member {
  user: { id: string; email: string; name: string };
  password: string;
}

interface Membership {
  organizationId: string;
  role?: Role;
}

export async function makeMember(
  keyward: TestKeyward,
  { organizationId, role = 'member' }: Membership,
): Promise<Member> {
  const name = uniqueName('Mia');
  const email = `${name.toLowerCase()}@example.com`;
  const password = uniqueName('a long password');
  const { userId } = await createAccount(keyward.context, { email, name, password }, 'open');
  await keyward.database.execute(
    `insert into memberships (organization_id, user_id, role)
      values ('${organizationId}', '${userId}', '${role}')`,
  );
  return { user: { id: userId, email, name }, password };
}

export type SignedIn = ConsoleClient & Member;

/** A member of an organization, signed in to the console. */
export async function signInMember(
  keyward: TestKeyward,
  membership: Membership,
): Promise<SignedIn> {
  const { user, password } = await makeMember(keyward, membership);
  const client = consoleClient(keyward.url);
  await client.trpc.account.signIn.mutate({ email: user.email, password });
  return { ...client, user, password };
}
