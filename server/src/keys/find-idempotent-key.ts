import { createHash } from 'node:crypto';
import { DomainError } from '@keyward/shared/errors';
import type { Key } from '@keyward/shared/keys';
import { and, eq } from 'drizzle-orm';
import { stringify } from 'safe-stable-stringify';
import type { OrganizationContext } from '../context.ts';
import { tryLock } from '../database/advisory-lock.ts';
import type { Transaction } from '../database/connect-database.ts';
import { keys } from '../database/schema/keys.ts';
import { readKeys } from './read-keys.ts';

/** One intent to create, however often it is sent. */
export interface Idempotency {
  /** As the caller chose it; one organization's do not meet another's. */
  key: string;
  /** SHA-256, in hex, of what was asked. */
  requestHash: string;
}

/** The hash of a request: the same for the same JSON, in whatever order its names stand. */
export function hashRequest(input: unknown): string {
  return createHash('sha256')
    .update(stringify(input) ?? '')
    .digest('hex');
}

/** The key that this intent made before; null when this call is the one to make it. */
export async function findIdempotentKey(
  transaction: Transaction,
  context: OrganizationContext,
  idempotency: Idempotency | undefined,
): Promise<Key | null> {
  if (idempotency === undefined) {
    return null;
  }
  // Held until the transaction ends: while one call makes the key, another is told to come back.
  if (!(await tryLock(transaction, `${context.organizationId} ${idempotency.key}`))) {
    throw new DomainError(
      'idempotency_in_progress',
      'Wait a moment, then send the same request again.',
    );
  }
  const [known] = await transaction
    .select({ id: keys.id, requestHash: keys.idempotencyHash })
    .from(keys)
    .where(
      and(
        eq(keys.organizationId, context.organizationId),
        eq(keys.idempotencyKey, idempotency.key),
      ),
    );
  if (known === undefined) {
    return null;
  }
  if (known.requestHash !== idempotency.requestHash) {
    throw new DomainError(
      'idempotency_mismatch',
      'This Idempotency-Key made another key: send the same body again, or choose another Idempotency-Key.',
    );
  }
  const [key] = await readKeys(transaction, eq(keys.id, known.id), 1);
  return key ?? null;
}
