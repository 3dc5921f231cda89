import type { Key } from '@keyward/shared/keys';
import type { Permission } from '@keyward/shared/permissions';
import { restClient } from './rest-client.ts';
import type { SignedIn } from './tenants.ts';
import type { TestKeyward } from './test-keyward.ts';
import { uniqueName } from './unique-name.ts';

/** A user key of a member in the operator's organization, of the analytics preset. */
export async function makeUserKey(
  { bootstrap }: TestKeyward,
  member: SignedIn,
  permissions: Permission[] = [],
): Promise<{ key: Key; secret: string }> {
  const { key, secret } = await member.within(bootstrap.organizationId).keys.create.mutate({
    kind: 'user',
    name: uniqueName('laptop'),
    service: 'analytics',
    permissions,
  });
  return { key, secret: secret ?? '' };
}

/** The verdict on a key now, as an integrator's backend asks for it. */
export async function verdictOn({ url, bootstrap }: TestKeyward, key: string): Promise<string> {
  const { body } = await restClient(url, bootstrap.secret)('POST', '/v1/keys/verify', {
    body: { key },
  });
  return body.code;
}
