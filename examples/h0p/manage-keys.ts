import { Router } from 'express';
import { type Keyward, KeywardRefusal } from '../lib/keyward.ts';
import { readBody } from '../lib/product.ts';
import { isKeyId, type Key, type MadeKey } from '../lib/set-up.ts';

/** As H0p writes permissions: `{"stats": ["read"]}`. */
type Matrix = Record<string, string[]>;

function toMatrix(permissions: string[]): Matrix {
  const matrix: Matrix = {};
  for (const permission of permissions) {
    const [resource = '', action = ''] = permission.split(':');
    matrix[resource] = [...(matrix[resource] ?? []), action];
  }
  return matrix;
}

function toPermissions(matrix: unknown): string[] {
  return Object.entries(matrix ?? {}).flatMap(([resource, actions]) =>
    [actions].flat().map((action) => `${resource}:${action}`),
  );
}

const show = ({ id, name, kind, user, permissions, createdAt, last4 }: Key) => ({
  id,
  name,
  type: kind,
  user: user?.name ?? 'Bot',
  permissions: toMatrix(permissions),
  createdAt,
  last4,
});

/** H0p's key list, each call of which is made at Keyward with the key that the caller sent. */
export function manageKeys(keyward: Keyward, service: string): Router {
  const router = Router();
  router.use((request, response, next) => {
    response.locals.keys = keyward.by(request.get('x-api-key') ?? '');
    next();
  });
  router.get('/', async (_, response) => {
    const keys: Keyward = response.locals.keys;
    const path = `/v1/keys?service=${service}&status=active&limit=200`;
    const { data } = await keys.call<{ data: Key[] }>('GET', path);
    response.json(data.map(show));
  });
  router.post('/', async (request, response) => {
    const { name, permissions } = readBody(request);
    const input = { name, service, permissions: toPermissions(permissions) };
    const keys: Keyward = response.locals.keys;
    const { key, secret } = await keys.call<MadeKey>('POST', '/v1/keys', input);
    response.status(201).json({ ...show(key), key: secret });
  });
  router
    .route('/:id')
    .get(async (request, response) => {
      response.json(show(await find(response.locals.keys, request.params.id)));
    })
    .patch(async (request, response) => {
      const { id } = await find(response.locals.keys, request.params.id);
      const changes = { permissions: toPermissions(readBody(request).permissions) };
      const keys: Keyward = response.locals.keys;
      response.json(show((await keys.call<MadeKey>('PATCH', `/v1/keys/${id}`, changes)).key));
    })
    .delete(async (request, response) => {
      const { id } = await find(response.locals.keys, request.params.id);
      const keys: Keyward = response.locals.keys;
      await keys.call('DELETE', `/v1/keys/${id}`);
      response.status(204).end();
    });
  return router;
}

/** Keyward has no key of another organization for this caller: to H0p's callers that is a 403. */
async function find(keys: Keyward, id: string): Promise<Key> {
  const refusal = new KeywardRefusal(403, 'Your organization has no such resource.');
  if (!isKeyId(id)) {
    throw refusal;
  }
  return keys.call<Key>('GET', `/v1/keys/${id}`).catch((error) => {
    throw error instanceof KeywardRefusal && error.status === 404 ? refusal : error;
  });
}
