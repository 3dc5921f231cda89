import { DomainError } from '@keyward/shared/errors';
import { isId } from '@keyward/shared/ids';
import { and, eq, sql } from 'drizzle-orm';
import { recordAuditEvent } from '../audit/record-audit-event.ts';
import { requirePermission } from '../authorize.ts';
import type { OrganizationContext } from '../context.ts';
import { keys } from '../database/schema/keys.ts';
import { keyNotFound } from './get-key.ts';

export interface ReviewedKey {
  id: string;
  reviewedAt: string;
}

/** Records that a key is still needed. What it may do stays as it is, so no node has to learn of it. */
export async function reviewKey(context: OrganizationContext, keyId: string): Promise<ReviewedKey> {
  requirePermission(context, 'apiKeys:update');
  if (!isId('key', keyId)) {
    throw keyNotFound();
  }
  return context.database.transaction(async (transaction) => {
    const isIt = and(eq(keys.organizationId, context.organizationId), eq(keys.id, keyId));
    const [key] = await transaction.select().from(keys).where(isIt).for('no key update');
    if (key === undefined) {
      throw keyNotFound();
    }
    if (key.revokedAt !== null) {
      throw new DomainError(
        'conflict',
        'This key is revoked for good: there is nothing to review.',
      );
    }
    const [reviewed] = await transaction
      .update(keys)
      .set({ reviewedAt: sql`now()` })
      .where(isIt)
      .returning({ reviewedAt: keys.reviewedAt });
    if (!reviewed?.reviewedAt) {
      throw new Error('A key that was locked is gone.');
    }
    await recordAuditEvent(transaction, context, {
      chain: context.organizationId,
      action: 'key.reviewed',
      target: { type: 'key', id: keyId },
      data: { name: key.name, reviewedBefore: key.reviewedAt?.toISOString() ?? null },
    });
    return { id: keyId, reviewedAt: reviewed.reviewedAt.toISOString() };
  });
}
