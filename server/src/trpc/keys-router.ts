import { keyExposuresInput } from '@keyward/shared/exposures';
import {
  createKeyOfKindInput,
  handOverKeyInput,
  identifyKeyInput,
  importKeysInput,
  keyAddressesInput,
  keyIdInput,
  listReviewInput,
  searchKeysInput,
  updateKeyByIdInput,
} from '@keyward/shared/keys';
import {
  confirmStoredInput,
  endRotationByIdInput,
  rotateKeyByIdInput,
} from '@keyward/shared/rotation';
import { keyActivityInput, keyUsageByIdInput } from '@keyward/shared/usage';
import { explainKeyInput } from '@keyward/shared/verification';
import { confirmStored } from '../keys/confirm-stored.ts';
import { createKey } from '../keys/create-key.ts';
import { endRotation } from '../keys/end-rotation.ts';
import { explainKeyForAdmin } from '../keys/explain-key.ts';
import { listExposures } from '../keys/exposed/list-exposures.ts';
import { getKey } from '../keys/get-key.ts';
import { getKeyActivity } from '../keys/get-key-activity.ts';
import { getKeyPermissionUse } from '../keys/get-key-permission-use.ts';
import { getKeyUsage } from '../keys/get-key-usage.ts';
import { getRotation } from '../keys/get-rotation.ts';
import { handOverKey } from '../keys/hand-over-key.ts';
import { identifyKey } from '../keys/identify-key.ts';
import { importKeys } from '../keys/import-keys.ts';
import { listAttention } from '../keys/list-attention.ts';
import { listKeyAddresses } from '../keys/list-key-addresses.ts';
import { listKeys } from '../keys/list-keys.ts';
import { listReview } from '../keys/list-review.ts';
import { reviewKey } from '../keys/review-key.ts';
import { revokeKey } from '../keys/revoke-key.ts';
import { rotateKey } from '../keys/rotate-key.ts';
import { updateKey } from '../keys/update-key.ts';
import { organizationProcedure, router } from './procedures.ts';

export const keysRouter = router({
  list: organizationProcedure
    .input(searchKeysInput)
    .query(({ ctx, input }) => listKeys(ctx, input)),

  /** The last seven days of each key of a page. */
  activity: organizationProcedure
    .input(keyActivityInput)
    .query(({ ctx, input }) => getKeyActivity(ctx, input)),

  /** Which keys an admin should look at, and why. */
  attention: organizationProcedure.query(({ ctx }) => listAttention(ctx)),

  /** The next keys of which somebody should say whether they are needed. */
  review: organizationProcedure
    .input(listReviewInput)
    .query(({ ctx, input }) => listReview(ctx, input)),

  /** This one is. */
  keep: organizationProcedure
    .input(keyIdInput)
    .mutation(({ ctx, input }) => reviewKey(ctx, input.id)),

  get: organizationProcedure.input(keyIdInput).query(({ ctx, input }) => getKey(ctx, input.id)),

  usage: organizationProcedure
    .input(keyUsageByIdInput)
    .query(({ ctx, input: { id, ...range } }) => getKeyUsage(ctx, id, range)),

  /** The permissions that the key has exercised, each with the last day on which it did. */
  permissionUse: organizationProcedure
    .input(keyIdInput)
    .query(({ ctx, input }) => getKeyPermissionUse(ctx, input.id)),

  /** Where secrets of these keys were found in the open. */
  exposures: organizationProcedure
    .input(keyExposuresInput)
    .query(({ ctx, input }) => listExposures(ctx, input)),

  /** From where it was used and refused, and whether an allowlist admits each address. */
  addresses: organizationProcedure
    .input(keyAddressesInput)
    .query(({ ctx, input: { id, ipAllowlist } }) => listKeyAddresses(ctx, id, ipAllowlist)),

  /** A mutation for its input alone, which holds a secret: it changes nothing. */
  identify: organizationProcedure
    .input(identifyKeyInput)
    .mutation(({ ctx, input }) => identifyKey(ctx, input.key)),

  /** Every gate, with what it saw. A mutation for its input alone, as above. */
  explain: organizationProcedure
    .input(explainKeyInput)
    .mutation(({ ctx, input }) => explainKeyForAdmin(ctx, input)),

  /** The answer holds the secret, this once. */
  create: organizationProcedure
    .input(createKeyOfKindInput)
    .mutation(({ ctx, input }) => createKey(ctx, input)),

  import: organizationProcedure
    .input(importKeysInput)
    .mutation(({ ctx, input }) => importKeys(ctx, input.keys)),

  update: organizationProcedure
    .input(updateKeyByIdInput)
    .mutation(({ ctx, input }) => updateKey(ctx, input.id, input.changes, input.seen)),

  revoke: organizationProcedure
    .input(keyIdInput)
    .mutation(({ ctx, input }) => revokeKey(ctx, input.id)),

  /** The answer holds the second secret, this once. */
  rotate: organizationProcedure
    .input(rotateKeyByIdInput)
    .mutation(({ ctx, input }) => rotateKey(ctx, input.id, input.rotation)),

  endRotation: organizationProcedure
    .input(endRotationByIdInput)
    .mutation(({ ctx, input: { id, ...ending } }) => endRotation(ctx, id, ending)),

  /** The live secrets of a key, each with what is known of its use, and the last retired ones. */
  rotation: organizationProcedure
    .input(keyIdInput)
    .query(({ ctx, input }) => getRotation(ctx, input.id)),

  confirmStored: organizationProcedure
    .input(confirmStoredInput)
    .mutation(({ ctx, input }) => confirmStored(ctx, input.id, input.last4)),

  /** A bot key that can do what a member's key does; the answer holds its secret, this once. */
  handOver: organizationProcedure
    .input(handOverKeyInput)
    .mutation(({ ctx, input }) => handOverKey(ctx, input.id, input.name)),
});
