import { changedKey, rotatedKey } from '@keyward/shared/keys';
import { rotateKeyInput } from '@keyward/shared/rotation';
import type { OrganizationContext } from '../../context.ts';
import { revokeKey } from '../../keys/revoke-key.ts';
import { rotateKey } from '../../keys/rotate-key.ts';
import { managementRoute, type Route } from '../route.ts';

/** What a key may do to itself, whatever it was granted. */
export const selfRoutes: readonly Route[] = [
  managementRoute({
    method: 'post',
    path: '/v1/self/rotate',
    summary: 'Rotate the key that calls.',
    permission: null,
    body: rotateKeyInput,
    isBodyOptional: true,
    output: { status: 201, schema: rotatedKey },
    handle: (context, { body }) => rotateKey(context, callingKey(context), body, { asSelf: true }),
  }),
  managementRoute({
    method: 'delete',
    path: '/v1/self',
    summary: 'Revoke the key that calls.',
    permission: null,
    output: { status: 200, schema: changedKey },
    handle: (context) => revokeKey(context, callingKey(context), { asSelf: true }),
  }),
];

function callingKey({ actor }: OrganizationContext): string {
  if (actor.type !== 'key') {
    throw new Error('Only keys call this face.');
  }
  return actor.keyId;
}
