// HEIR: an account manages its API keys at /api/v1/api-keys with the token of its own session; each key has
// a tier, which its prefix tells and which sets its limit, scopes, and if wanted an IP whitelist and an end.
import { randomBytes } from 'node:crypto';
import type { RequestHandler, Response } from 'express';
import { type Keyward, statusOf } from '../lib/keyward.ts';
import {
  answerTheRest,
  createApp,
  isText,
  isTextList,
  type Product,
  type Refuse,
  readBearer,
  readBody,
} from '../lib/product.ts';
import { findKey, type Key, listKeys, type MadeKey, setUp } from '../lib/set-up.ts';

const service = 'contracts';
const account = 'account-7';
const tiers = ['public', 'partner', 'internal'];
// A scope of HEIR's is every action of a resource: contracts and contracts:*.
const scopes = ['contracts', 'vaults', 'webhooks', 'embed'];

const refuse: Refuse = (response, status, error) =>
  void response.status(status).json({ success: false, error });
const answer = (response: Response, data: unknown) => void response.json({ success: true, data });

const show = (key: Key) => ({
  _id: key.id,
  name: key.name,
  tier: key.tier,
  scopes: [...new Set(key.permissions.map((permission) => permission.split(':')[0]))],
  ip_whitelist: key.ipAllowlist,
  expiresAt: key.expiresAt,
  status: key.status,
  usage: { totalRequests: key.usage.totalRequests, lastUsed: key.usage.lastUsedAt },
  createdAt: key.createdAt,
});

/** What is wrong with the fields that HEIR documents; null when nothing is. Keyward judges the rest. */
function findFault(body: Record<string, unknown>): string | null {
  if (body.name !== undefined && !isText(body.name)) {
    return 'name must be a text.';
  }
  if (body.scopes !== undefined && !(isTextList(body.scopes) && body.scopes.every(isScope))) {
    return `scopes must be some of ${scopes.join(', ')}.`;
  }
  const isStatus = [undefined, 'active', 'revoked'].includes(body.status as string | undefined);
  return isStatus ? null : 'status must be active or revoked.';
}
const isScope = (text: string) => scopes.includes(text);

/** The fields that create and update share, as Keyward calls them; what is left out stays out. */
function toChanges({ name, scopes: given, ip_whitelist }: Record<string, unknown>): object {
  return {
    ...(name !== undefined && { name }),
    ...(isTextList(given) && { permissions: given.map((scope) => `${scope}:*`) }),
    ...(ip_whitelist !== undefined && { ipAllowlist: ip_whitelist }),
  };
}
const hasFields = (value: object) => Object.keys(value).length > 0;

export async function makeHeir(operator: Keyward): Promise<Product> {
  const { profile, verifier, manager } = await setUp(operator, {
    name: 'HEIR',
    preset: service,
    organization: 'HEIR account',
    manager: { tier: 'internal', permissions: ['webhooks:*'] },
  });
  const token = randomBytes(24).toString('base64url');
  const app = createApp();

  const requireKey = (permission: string): RequestHandler => {
    return async (request, response, next) => {
      const key = readBearer(request);
      if (key === null) {
        refuse(response, 401, 'Send your API key as Authorization: Bearer.');
        return;
      }
      // The address of the socket, since no proxy stands before this app: X-Forwarded-For is only what
      // the caller says of itself, and would open every whitelist.
      const question = { key, service, permissions: [permission], ip: request.ip };
      const verdict = await verifier.verify(question);
      if (verdict.valid) {
        next();
        return;
      }
      if (verdict.code === 'RATE_LIMITED') {
        const reset = Date.parse(verdict.rateLimit?.resetAt ?? '') || Date.now();
        const seconds = Math.ceil((reset - Date.now()) / 1000);
        response.set('Retry-After', String(Math.max(1, seconds)));
      }
      const reasons = { 401: 'Invalid API key', 403: 'Not allowed', 429: 'Rate limit exceeded' };
      const status = statusOf(verdict.code);
      refuse(response, status, reasons[status]);
    };
  };
  const api = { contracts: 'contracts:read', vaults: 'vaults:read', embed: 'embed:use' };
  for (const [path, permission] of Object.entries(api)) {
    app.get(`/api/v1/${path}`, requireKey(permission), (_, response) => answer(response, []));
  }

  // Managing keys is for people who are signed in: an API key does not open it.
  app.use('/api/v1/api-keys', (request, response, next) => {
    if (readBearer(request) === token) {
      next();
    } else {
      refuse(response, 401, 'Sign in first.');
    }
  });
  app.get('/api/v1/api-keys', async (_, response) => {
    answer(response, (await listKeys(manager, service, account)).map(show));
  });
  app.post('/api/v1/api-keys', async (request, response) => {
    const body = readBody(request);
    const isComplete = isText(body.name) && tiers.includes(String(body.tier));
    const fault = isComplete ? findFault(body) : `Send a name, and a tier of ${tiers.join(', ')}.`;
    if (fault !== null) {
      refuse(response, 400, fault);
      return;
    }
    const { key, secret } = await manager.call<MadeKey>('POST', '/v1/keys', {
      permissions: profile.defaults.permissions,
      ...toChanges(body),
      service,
      tier: body.tier,
      expiresAt: body.expiresAt,
      externalId: account,
    });
    response.status(201);
    answer(response, { ...show(key), rawKey: secret });
  });

  /** The key of the address, when it is this account's. */
  app.param('id', async (_, response, next, id) => {
    response.locals.key = await findKey(manager, service, account, id);
    if (response.locals.key === undefined) {
      refuse(response, 404, 'API key not found');
    } else {
      next();
    }
  });
  const one = app.route('/api/v1/api-keys/:id');
  one.get((_, response) => answer(response, show(response.locals.key)));
  one.put(async (request, response) => {
    const body = readBody(request);
    const before: Key = response.locals.key;
    const cannot = body.status === 'active' && before.status !== 'active';
    const fault = cannot ? 'This key is no longer active: create another.' : findFault(body);
    if (fault !== null) {
      refuse(response, cannot ? 409 : 400, fault);
      return;
    }
    const path = `/v1/keys/${before.id}`;
    const changes = toChanges(body);
    // Keyward changes nothing of a key that is revoked, so the change comes first.
    const changed = hasFields(changes) && (await manager.call<MadeKey>('PATCH', path, changes));
    const revoked = body.status === 'revoked' && (await manager.call<MadeKey>('DELETE', path));
    answer(response, show((revoked || changed || { key: before }).key));
  });
  one.delete(async (_, response) => {
    await manager.call('DELETE', `/v1/keys/${response.locals.key.id}`);
    response.json({ success: true, message: 'API Key revoked successfully' });
  });

  answerTheRest(app, refuse);
  return { app, credentials: { token } };
}
