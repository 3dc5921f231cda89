import { DomainError } from '@keyward/shared/errors';
import {
  changedKey,
  createdKey,
  createKeyInput,
  key,
  keyIdInput,
  keyPage,
  listKeysInput,
  updateKeyInput,
} from '@keyward/shared/keys';
import { line } from '@keyward/shared/text';
import { z } from 'zod';
import { createKey } from '../../keys/create-key.ts';
import { hashRequest } from '../../keys/find-idempotent-key.ts';
import { getKey } from '../../keys/get-key.ts';
import { listKeys } from '../../keys/list-keys.ts';
import { revokeKey } from '../../keys/revoke-key.ts';
import { updateKey } from '../../keys/update-key.ts';
import { header, managementRoute, type Route } from '../route.ts';

const idempotencyKey = line(255);

export const keyRoutes: readonly Route[] = [
  managementRoute({
    method: 'post',
    path: '/v1/keys',
    summary: 'Make a bot key. The secret stands in this answer and nowhere else.',
    permission: 'apiKeys:create',
    headers: z.object({ 'Idempotency-Key': idempotencyKey.optional() }),
    body: createKeyInput,
    output: { status: 201, schema: createdKey },
    handle(context, { body, request }) {
      const sent = header(request, 'idempotency-key');
      const parsed = idempotencyKey.nullable().safeParse(sent);
      if (!parsed.success) {
        throw new DomainError('invalid_request', 'Use an Idempotency-Key of 1 to 255 characters.');
      }
      const idempotency =
        parsed.data === null ? undefined : { key: parsed.data, requestHash: hashRequest(body) };
      return createKey(context, { ...body, kind: 'bot' }, { idempotency });
    },
  }),
  managementRoute({
    method: 'get',
    path: '/v1/keys',
    summary: 'List keys, newest first.',
    permission: 'apiKeys:read',
    query: listKeysInput,
    output: { status: 200, schema: keyPage },
    handle: (context, { query }) => listKeys(context, query),
  }),
  managementRoute({
    method: 'get',
    path: '/v1/keys/{id}',
    summary: 'Get a key.',
    permission: 'apiKeys:read',
    params: keyIdInput,
    output: { status: 200, schema: key },
    handle: (context, { params }) => getKey(context, params.id),
  }),
  managementRoute({
    method: 'patch',
    path: '/v1/keys/{id}',
    summary: 'Change, suspend or resume a key.',
    permission: 'apiKeys:update',
    params: keyIdInput,
    body: updateKeyInput,
    output: { status: 200, schema: changedKey },
    handle: (context, { params, body }) => updateKey(context, params.id, body),
  }),
  managementRoute({
    method: 'delete',
    path: '/v1/keys/{id}',
    summary: 'Revoke a key. The answer comes when no node accepts it any more.',
    permission: 'apiKeys:delete',
    params: keyIdInput,
    output: { status: 200, schema: changedKey },
    handle: (context, { params }) => revokeKey(context, params.id),
  }),
];
