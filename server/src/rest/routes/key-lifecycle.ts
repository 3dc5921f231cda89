import {
  changedKey,
  identifyKeyInput,
  importedKeys,
  importKeysInput,
  key,
  keyIdInput,
  rotatedKey,
} from '@keyward/shared/keys';
import { endRotationInput, rotateKeyInput } from '@keyward/shared/rotation';
import { keyUsage, keyUsageInput } from '@keyward/shared/usage';
import { endRotation } from '../../keys/end-rotation.ts';
import { getKeyUsage } from '../../keys/get-key-usage.ts';
import { identifyKey } from '../../keys/identify-key.ts';
import { importKeys } from '../../keys/import-keys.ts';
import { rotateKey } from '../../keys/rotate-key.ts';
import { managementRoute, type Route } from '../route.ts';

export const keyLifecycleRoutes: readonly Route[] = [
  managementRoute({
    method: 'post',
    path: '/v1/keys/import',
    summary: 'Take over keys that were made elsewhere by the SHA-256 of their secrets.',
    permission: 'apiKeys:create',
    body: importKeysInput,
    // A thousand keys do not fit into what suffices for every other call.
    maximumBodyBytes: 1024 * 1024,
    output: { status: 200, schema: importedKeys },
    handle: (context, { body }) => importKeys(context, body.keys),
  }),
  managementRoute({
    method: 'post',
    path: '/v1/keys/identify',
    summary: 'Find the key that a secret is, or was.',
    permission: 'apiKeys:read',
    body: identifyKeyInput,
    output: { status: 200, schema: key },
    handle: (context, { body }) => identifyKey(context, body.key),
  }),
  managementRoute({
    method: 'post',
    path: '/v1/keys/{id}/rotate',
    summary: 'Mint a second secret; the older one stays good for a grace, or until it is quiet.',
    permission: 'apiKeys:update',
    params: keyIdInput,
    body: rotateKeyInput,
    isBodyOptional: true,
    output: { status: 201, schema: rotatedKey },
    handle: (context, { params, body }) => rotateKey(context, params.id, body),
  }),
  managementRoute({
    method: 'post',
    path: '/v1/keys/{id}/rotation',
    summary: 'Finish a rotation, or roll it back.',
    permission: 'apiKeys:update',
    params: keyIdInput,
    body: endRotationInput,
    output: { status: 200, schema: changedKey },
    handle: (context, { params, body }) => endRotation(context, params.id, body),
  }),
  managementRoute({
    method: 'get',
    path: '/v1/keys/{id}/usage',
    summary: 'Count the verifications of a key by hour or day and outcome.',
    permission: 'usage:read',
    params: keyIdInput,
    query: keyUsageInput,
    output: { status: 200, schema: keyUsage },
    handle: async (context, { params, query }) => ({
      data: await getKeyUsage(context, params.id, query),
    }),
  }),
];
