import { createHash } from 'node:crypto';
import type { Route } from '@keyward/server/rest/route';
import { pingWebhook } from '@keyward/server/webhooks/ping-webhook';
import type { Permission } from '@keyward/shared/permissions';
import { servicePresets } from '@keyward/shared/service-presets';
import { type RestCall, restClient } from './rest-client.ts';
import { makeKey, makeMember, makeTenant, makeWebhook, removeWebhooks } from './tenants.ts';
import type { TestKeyward } from './test-keyward.ts';
import { uniqueName } from './unique-name.ts';

export interface RouteSample {
  path: string;
  call?: RestCall;
  /** Of the caller; left out: the operator's key. */
  secret?: string;
}

type MakeSample = (keyward: TestKeyward) => Promise<RouteSample>;

const newKey = { name: 'sample', service: 'keyward', permissions: [] };

const onKey =
  (suffix: string, body?: unknown): MakeSample =>
  async (keyward) => {
    const { key } = await makeKey(keyward);
    return { path: `/v1/keys/${key.id}${suffix}`, ...(body !== undefined && { call: { body } }) };
  };

const onMember =
  (body?: unknown): MakeSample =>
  async (keyward) => {
    const { organizationId } = keyward.bootstrap;
    const { user } = await makeMember(keyward, { organizationId });
    return { path: `/v1/members/${user.id}`, ...(body !== undefined && { call: { body } }) };
  };

const onWebhook =
  (suffix: string, body?: unknown): MakeSample =>
  async (keyward) => {
    const webhook = await makeWebhook(keyward);
    return {
      path: `/v1/webhooks/${webhook.id}${suffix}`,
      ...(body !== undefined && { call: { body } }),
    };
  };

/** By method and path as the registry has them: a call that succeeds. */
const samples: Record<string, MakeSample> = {
  'post /v1/keys/verify': async (keyward) => ({
    path: '/v1/keys/verify',
    call: { body: { key: (await makeKey(keyward)).secret, explain: true } },
  }),
  'all /v1/forward-auth': async () => ({ path: '/v1/forward-auth?service=keyward' }),
  'get /v1/test': async () => ({ path: '/v1/test' }),
  'post /v1/self/rotate': async (keyward) => ({
    path: '/v1/self/rotate',
    call: { body: { graceSeconds: 60 } },
    secret: (await makeKey(keyward)).secret,
  }),
  'delete /v1/self': async (keyward) => ({
    path: '/v1/self',
    secret: (await makeKey(keyward)).secret,
  }),
  'post /v1/keys': async () => ({ path: '/v1/keys', call: { body: newKey } }),
  'post /v1/keys/import': async () => {
    const secretSha256 = createHash('sha256').update(uniqueName('made elsewhere')).digest('hex');
    return { path: '/v1/keys/import', call: { body: { keys: [{ ...newKey, secretSha256 }] } } };
  },
  'post /v1/keys/identify': async (keyward) => ({
    path: '/v1/keys/identify',
    call: { body: { key: (await makeKey(keyward)).secret } },
  }),
  'get /v1/keys': async (keyward) => {
    await makeKey(keyward);
    return { path: '/v1/keys?limit=1' };
  },
  'get /v1/keys/{id}': onKey(''),
  'patch /v1/keys/{id}': onKey('', { name: 'renamed' }),
  'delete /v1/keys/{id}': onKey(''),
  'get /v1/keys/{id}/usage': onKey('/usage?bucket=day'),
  'post /v1/keys/{id}/rotate': onKey('/rotate', { graceSeconds: 60 }),
  'post /v1/keys/{id}/rotation': async (keyward) => {
    const { key } = await makeKey(keyward);
    const rest = restClient(keyward.url, keyward.bootstrap.secret);
    await rest('POST', `/v1/keys/${key.id}/rotate`, { body: { graceSeconds: 60 } });
    return { path: `/v1/keys/${key.id}/rotation`, call: { body: { action: 'rollback' } } };
  },
  'get /v1/services': async () => ({ path: '/v1/services' }),
  'get /v1/services/{slug}': async () => ({ path: '/v1/services/keyward' }),
  'put /v1/services/{slug}': async () => ({
    path: '/v1/services/merchant',
    call: { body: servicePresets.merchant },
  }),
  'get /v1/members': async () => ({ path: '/v1/members' }),
  'patch /v1/members/{userId}': onMember({ role: 'admin' }),
  'delete /v1/members/{userId}': onMember(),
  'post /v1/invitations': async () => ({
    path: '/v1/invitations',
    call: { body: { email: `${uniqueName('ida')}@example.com`, role: 'member' } },
  }),
  'get /v1/audit-events': async (keyward) => {
    await makeKey(keyward);
    return { path: '/v1/audit-events?action=key.&limit=1' };
  },
  'get /v1/audit-events/export': async (keyward) => {
    await makeKey(keyward);
    return { path: '/v1/audit-events/export?format=ndjson&action=key.' };
  },
  'post /v1/organizations': async () => ({
    path: '/v1/organizations',
    call: { body: { name: uniqueName('Initech') } },
  }),
  'get /v1/organizations': async () => ({ path: '/v1/organizations?limit=2' }),
  'patch /v1/organizations/{id}': async (keyward) => ({
    path: `/v1/organizations/${(await makeTenant(keyward)).id}`,
    call: { body: { status: 'suspended' } },
  }),
  'post /v1/exposed-keys': async (keyward) => ({
    path: '/v1/exposed-keys',
    call: { body: { secret: (await makeKey(keyward)).secret, url: 'https://example.com/gist' } },
  }),
  'get /v1/webhooks': async () => ({ path: '/v1/webhooks' }),
  'post /v1/webhooks': async (keyward) => {
    await removeWebhooks(keyward);
    return { path: '/v1/webhooks', call: { body: { url: 'https://hooks.example/keyward' } } };
  },
  'patch /v1/webhooks/{id}': onWebhook('', { enabled: false }),
  'delete /v1/webhooks/{id}': onWebhook(''),
  'post /v1/webhooks/{id}/ping': onWebhook('/ping'),
  'post /v1/webhooks/{id}/rotate-secret': onWebhook('/rotate-secret'),
  'get /v1/webhooks/{id}/deliveries': onWebhook('/deliveries?limit=1'),
  'post /v1/webhook-deliveries/{id}/redeliver': async (keyward) => {
    const webhook = await makeWebhook(keyward);
    const { id } = await pingWebhook(keyward.context, webhook.id);
    return { path: `/v1/webhook-deliveries/${id}/redeliver` };
  },
};

export const routeName = ({ method, path }: Route): string => `${method} ${path}`;

/** A method to call a route by. */
export const verbOf = ({ method }: Route): string =>
  method === 'all' ? 'GET' : method.toUpperCase();

/** A call of the route that succeeds. A route without a sample fails the tests that walk all of them. */
export function sampleOf(route: Route, keyward: TestKeyward): Promise<RouteSample> {
  const sample = samples[routeName(route)];
  if (sample === undefined) {
    throw new Error(`Add a sample of ${routeName(route)} to route-samples.ts.`);
  }
  return sample(keyward);
}

/** Every permission on Keyward's own resources. */
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
