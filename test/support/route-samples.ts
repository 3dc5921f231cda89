import type { Permission } from '@keyward/shared/permissions';
import { servicePresets } from '@keyward/shared/service-presets';
import type { RestCall } from './rest-client.ts';
import { makeKey } from './tenants.ts';
import type { TestKeyward } from './test-keyward.ts';

export interface RouteSample {
  path: string;
  call?: RestCall;
}

/** By method and path as the registry has them: a call that succeeds by the operator's key. */
export const routeSamples: Record<string, (keyward: TestKeyward) => Promise<RouteSample>> = {
  'post /v1/keys/verify': async (keyward) => ({
    path: '/v1/keys/verify',
    call: { body: { key: (await makeKey(keyward)).secret, explain: true } },
  }),
  'all /v1/forward-auth': async () => ({ path: '/v1/forward-auth?service=keyward' }),
  'get /v1/test': async () => ({ path: '/v1/test' }),
  'post /v1/keys': async () => ({
    path: '/v1/keys',
    call: { body: { name: 'sample', service: 'keyward', permissions: [] } },
  }),
  'get /v1/keys': async (keyward) => {
    await makeKey(keyward);
    return { path: '/v1/keys?limit=1' };
  },
  'get /v1/keys/{id}': async (keyward) => ({ path: `/v1/keys/${(await makeKey(keyward)).key.id}` }),
  'delete /v1/keys/{id}': async (keyward) => ({
    path: `/v1/keys/${(await makeKey(keyward)).key.id}`,
  }),
  'get /v1/services': async () => ({ path: '/v1/services' }),
  'get /v1/services/{slug}': async () => ({ path: '/v1/services/keyward' }),
  'put /v1/services/{slug}': async () => ({
    path: '/v1/services/merchant',
    call: { body: servicePresets.merchant },
  }),
};

/** What a key of an organization can hold of Keyward's own resources. */
export const builtInPermissions: readonly Permission[] = [
  'apiKeys:create',
  'apiKeys:read',
  'apiKeys:update',
  'apiKeys:delete',
  'apiKeys:verify',
  'webhooks:create',
  'webhooks:read',
  'webhooks:update',
  'webhooks:delete',
  'members:create',
  'members:read',
  'members:update',
  'members:delete',
  'auditLog:read',
  'usage:read',
];
