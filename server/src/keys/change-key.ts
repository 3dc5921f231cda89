import { isId } from '@keyward/shared/ids';
import type { Key, Receipt } from '@keyward/shared/keys';
import type { Permission } from '@keyward/shared/permissions';
import { and, eq } from 'drizzle-orm';
import { type AuditEntry, recordAuditEvent } from '../audit/record-audit-event.ts';
import { holdsPermission, requireOperator, requirePermission } from '../authorize.ts';
import type { OrganizationContext } from '../context.ts';
import type { Transaction } from '../database/connect-database.ts';
import { keys } from '../database/schema/keys.ts';
import { changeAuthority } from '../verification/authority/change-authority.ts';
import { keyNotFound } from './get-key.ts';
import { readKeys } from './read-keys.ts';

export type KeyRow = typeof keys.$inferSelect;

/** A key after a change, and the proof that the change is true on every node. */
export interface ChangedKey {
  key: Key;
  receipt: Receipt;
}

export interface KeyChange {
  /** What the actor must hold, unless it is the member whose key it is; null where a key changes itself. */
  permission: Permission | null;
  /** Makes the change in the transaction, and says what to record of it; null when there is none. */
  make(transaction: Transaction, key: KeyRow): Promise<Pick<AuditEntry, 'action' | 'data'> | null>;
}

/**
 * Changes a key under its lock: the change and its audit event in one transaction.
 * Returns when no node acts on the key as it was. A change that was made before waits the same.
 */
export async function changeKey(
  context: OrganizationContext,
  keyId: string,
  change: KeyChange,
): Promise<ChangedKey> {
  const { receipt } = await changeAuthority(context.database, async (transaction) => {
    const key = await lockKey(transaction, context, keyId);
    requireMayChange(context, key, change.permission);
    if (key === null) {
      throw keyNotFound();
    }
    const event = await change.make(transaction, key);
    if (event !== null) {
      await recordAuditEvent(transaction, context, {
        ...event,
        chain: context.organizationId,
        target: { type: 'key', id: keyId },
      });
    }
  });
  const [key] = await readKeys(context.database, eq(keys.id, keyId), 1);
  if (key === undefined) {
    throw new Error('A key that was changed is gone.');
  }
  return { key, receipt };
}

async function lockKey(
  transaction: Transaction,
  context: OrganizationContext,
  keyId: string,
): Promise<KeyRow | null> {
  if (!isId('key', keyId)) {
    return null;
  }
  const [key] = await transaction
    .select()
    .from(keys)
    .where(and(eq(keys.organizationId, context.organizationId), eq(keys.id, keyId)))
    .for('update');
  return key ?? null;
}

function requireMayChange(
  context: OrganizationContext,
  key: KeyRow | null,
  permission: Permission | null,
): void {
  const { actor } = context;
  const isOwn =
    actor.type === 'user'
      ? key?.userId === actor.userId
      : actor.type === 'key' && permission === null && key?.id === actor.keyId;
  if (isOwn) {
    return;
  }
  // An operator's key acts in every organization: whoever changes or rotates it must be an operator too.
  if (key?.allOrganizations) {
    requireOperator(actor);
  }
  // A member learns nothing of keys that are not theirs: to them those do not exist.
  if (permission === null || (actor.type === 'user' && !holdsPermission(context, 'apiKeys:read'))) {
    throw keyNotFound();
  }
  requirePermission(context, permission);
}
