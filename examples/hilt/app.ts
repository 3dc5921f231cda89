// Hilt: a merchant's own backend calls the public contract with its key in X-Hilt-Key.
// The merchant manages the keys in Hilt's dashboard, signed in by a cookie; Keyward keeps them.
import { randomBytes } from 'node:crypto';
import type { RequestHandler } from 'express';
import { type Keyward, statusOf } from '../lib/keyward.ts';
import {
  answerTheRest,
  createApp,
  isText,
  isTextList,
  type Product,
  type Refuse,
  readBody,
  readCookie,
} from '../lib/product.ts';
import {
  findKey,
  type Key,
  listKeys,
  type MadeKey,
  makeKey,
  offers,
  setUp,
} from '../lib/set-up.ts';

const service = 'merchant';
const merchant = 'merchant-42';
const store: Record<string, object[]> = {
  products: [{ id: 'prod_1', name: 'Members’ channel', price: 1900, currency: 'EUR' }],
  checkouts: [{ id: 'chk_1', product: 'prod_1', status: 'open' }],
  payments: [{ id: 'pay_1', product: 'prod_1', status: 'paid' }],
  memberships: [{ id: 'mem_1', product: 'prod_1', status: 'active' }],
  receipts: [{ id: 'rec_1', payment: 'pay_1' }],
  support: [{ id: 'sup_1', subject: 'Where is my invite?' }],
};

/** Integrators read `detail` of every error, and show it to whoever has to mend it. */
const refuse: Refuse = (response, status, detail) => void response.status(status).json({ detail });

const details: Record<string, string> = {
  REVOKED: 'This API key was revoked: use the key that replaced it.',
  RETIRED: 'This API key was rotated: use its newer value.',
  EXPIRED: 'This API key has expired: create another in the dashboard.',
  SUSPENDED: 'This API key is suspended: resume it in the dashboard.',
  INSUFFICIENT_PERMISSIONS: 'This API key may not make this call: grant it in the dashboard.',
  IP_NOT_ALLOWED: 'This API key may not be used from this address.',
};

export async function makeHilt(operator: Keyward): Promise<Product> {
  const { profile, verifier, manager } = await setUp(operator, {
    name: 'Hilt',
    preset: service,
    organization: 'Hilt merchant',
  });
  const session = randomBytes(24).toString('base64url');
  const app = createApp();

  // One question for each request, and no memory of the answers: a revoked key is refused at once.
  const requireKey = (permission: string): RequestHandler => {
    return async (request, response, next) => {
      const key = request.get('x-hilt-key');
      if (!key) {
        refuse(response, 401, 'Send your API key in X-Hilt-Key: a dashboard cookie is not a key.');
        return;
      }
      const question = { key, service, permissions: [permission], ip: request.ip };
      const verdict = await verifier.verify(question);
      if (verdict.valid) {
        next();
      } else {
        const unknown = 'This API key is not valid: check that it was copied whole.';
        refuse(response, statusOf(verdict.code), details[verdict.code] ?? unknown);
      }
    };
  };
  for (const [resource, items] of Object.entries(store)) {
    app.get(`/v1/${resource}`, requireKey(`${resource}:read`), (_, response) => {
      response.json({ data: items });
    });
  }

  // The dashboard's key manager: create, review, revoke.
  app.use('/dashboard', (request, response, next) => {
    if (readCookie(request, 'hilt_session') === session) {
      next();
    } else {
      refuse(response, 401, 'Sign in to the dashboard: an API key does not open it.');
    }
  });
  const show = ({ id, name, last4, createdAt, permissions, usage }: Key) => {
    return { id, name, last4, permissions, createdAt, lastUsedAt: usage.lastUsedAt };
  };
  const find = async (id: string) => {
    const key = await findKey(manager, service, merchant, id);
    return key?.status === 'revoked' ? undefined : key;
  };
  app.get('/dashboard/keys', async (_, response) => {
    const keys = await listKeys(manager, service, merchant);
    response.json({ data: keys.filter((key) => key.status !== 'revoked').map(show) });
  });
  app.post('/dashboard/keys', async (request, response) => {
    const { name, permissions = ['products:read'] } = readBody(request);
    if (!isText(name)) {
      refuse(response, 400, 'Name the key for the system that will use it.');
      return;
    }
    if (!isTextList(permissions) || !permissions.every((one) => offers(profile, one))) {
      refuse(response, 400, 'Write permissions such as products:read.');
      return;
    }
    const input = { name, service, permissions, externalId: merchant };
    const { key, secret } = await manager.call<MadeKey>('POST', '/v1/keys', input);
    response.status(201).json({ ...show(key), key: secret });
  });
  app.delete('/dashboard/keys/:id', async (request, response) => {
    const key = await find(request.params.id);
    const { replacement } = request.query;
    if (key === undefined) {
      refuse(response, 404, 'There is no such key.');
    } else if (replacement !== undefined && !(await find(String(replacement)))?.usage.lastUsedAt) {
      // The playbook's fourth step: revoking first is how live bots break.
      refuse(response, 409, 'The replacement was never used: make one read call with it first.');
    } else {
      await manager.call('DELETE', `/v1/keys/${key.id}`);
      response.status(204).end();
    }
  });

  answerTheRest(app, refuse);
  const make = (name: string, permissions: string[]) =>
    makeKey(manager, service, name, permissions, { externalId: merchant });
  const credentials = {
    apiKey: await make('Production Telegram bot', profile.defaults.permissions),
    supportKey: await make('Launch-week support script', ['support:*', 'memberships:read']),
    dashboardCookie: `hilt_session=${session}`,
  };
  return { app, credentials };
}
