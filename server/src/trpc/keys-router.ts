import { createKeyOfKindInput, keyIdInput, listKeysInput } from '@keyward/shared/keys';
import { createKey } from '../keys/create-key.ts';
import { getKey } from '../keys/get-key.ts';
import { listKeys } from '../keys/list-keys.ts';
import { revokeKey } from '../keys/revoke-key.ts';
import { organizationProcedure, router } from './procedures.ts';

export const keysRouter = router({
  list: organizationProcedure.input(listKeysInput).query(({ ctx, input }) => listKeys(ctx, input)),

  get: organizationProcedure.input(keyIdInput).query(({ ctx, input }) => getKey(ctx, input.id)),

  /** The answer holds the secret, this once. */
  create: organizationProcedure
    .input(createKeyOfKindInput)
    .mutation(({ ctx, input }) => createKey(ctx, input)),

  revoke: organizationProcedure
    .input(keyIdInput)
    .mutation(({ ctx, input }) => revokeKey(ctx, input.id)),
});
