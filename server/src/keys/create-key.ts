import type { CreateKeyInput, Key } from '@keyward/shared/keys';
import type { KeyKind } from '@keyward/shared/service-profile';
import { eq } from 'drizzle-orm';
import { recordAuditEvent } from '../audit/record-audit-event.ts';
import { describeActor, type OrganizationContext } from '../context.ts';
import { createId } from '../database/create-id.ts';
import { keySecrets, keys } from '../database/schema/keys.ts';
import { findIdempotentKey, type Idempotency } from './find-idempotent-key.ts';
import { grantKey } from './grant-key.ts';
import { requireMayCreate } from './may-grant.ts';
import { mintSecret } from './mint-secret.ts';
import { readKeys } from './read-keys.ts';

export interface CreatedKey {
  key: Key;
  /** The plaintext, here and nowhere else; null when an Idempotency-Key was repeated. */
  secret: string | null;
}

export interface CreateKeyOptions {
  idempotency?: Idempotency | undefined;
  /** Makes an operator's key. For the command line. */
  allOrganizations?: boolean;
  /** The key in whose place this one is made, for the audit log. */
  handedOverFrom?: { id: string; name: string };
}

/** Makes a key and its secret. What the input leaves out comes from the service's defaults. */
export async function createKey(
  context: OrganizationContext,
  input: CreateKeyInput & { kind: KeyKind },
  options: CreateKeyOptions = {},
): Promise<CreatedKey> {
  requireMayCreate(context, input.kind);
  return context.database.transaction(async (transaction) => {
    const repeated = await findIdempotentKey(transaction, context, options.idempotency);
    if (repeated !== null) {
      return { key: repeated, secret: null };
    }
    const { prefix, columns } = await grantKey(transaction, context, input);
    const id = createId('key');
    const { plaintextSecret, ...secret } = mintSecret(prefix);
    await transaction.insert(keys).values({
      ...columns,
      id,
      allOrganizations: options.allOrganizations ?? false,
      createdBy: describeActor(context.actor),
      idempotencyKey: options.idempotency?.key,
      idempotencyHash: options.idempotency?.requestHash,
    });
    await transaction.insert(keySecrets).values({ id: createId('secret'), keyId: id, ...secret });
    const [key] = await readKeys(transaction, eq(keys.id, id), 1);
    if (key === undefined) {
      throw new Error('The key that was made cannot be read.');
    }
    await recordAuditEvent(transaction, context, {
      chain: context.organizationId,
      action: 'key.created',
      target: { type: 'key', id },
      data: {
        after: key,
        ...(options.handedOverFrom && { handedOverFrom: options.handedOverFrom }),
      },
    });
    return { key, secret: plaintextSecret };
  });
}
