import { createHash } from 'node:crypto';
import type { AuditAction, AuditTargetType } from '@keyward/shared/audit';
import { sql } from 'drizzle-orm';
import { stringify } from 'safe-stable-stringify';
import { type ActorContext, describeAuditActor } from '../context.ts';
import type { Transaction } from '../database/connect-database.ts';
import { createId } from '../database/create-id.ts';
import { auditEvents, auditHeads } from '../database/schema/audit.ts';
import { keepForWebhooks } from './keep-for-webhooks.ts';

/** The chain of what belongs to no organization: accounts and services. */
export const instanceChain = 'instance';

export interface AuditTarget {
  type: AuditTargetType;
  id: string;
}

export interface AuditEntry {
  /** An organization's id, or `instanceChain`. */
  chain: string;
  action: AuditAction;
  target: AuditTarget;
  /** What changed. Never a secret. */
  data?: Record<string, unknown>;
}

/**
 * Records an event in the transaction that makes the change, so that neither stands without the other.
 * Call it last: it holds the chain's lock until the transaction ends.
 */
export async function recordAuditEvent(
  transaction: Transaction,
  context: ActorContext,
  entry: AuditEntry,
): Promise<{ id: string; number: number }> {
  const [head] = await transaction
    .insert(auditHeads)
    .values({ chain: entry.chain, number: 1, hash: '' })
    .onConflictDoUpdate({
      target: auditHeads.chain,
      set: { number: sql`${auditHeads.number} + 1` },
    })
    .returning({
      number: auditHeads.number,
      previousHash: auditHeads.hash,
      at: sql<Date>`date_trunc('milliseconds', clock_timestamp())`.mapWith(auditEvents.at),
    });
  if (head === undefined) {
    throw new Error('The head of the audit chain was not returned.');
  }
  const event = {
    id: createId('auditEvent'),
    chain: entry.chain,
    number: head.number,
    at: head.at,
    actor: describeAuditActor(context, entry.chain),
    action: entry.action,
    targetType: entry.target.type,
    targetId: entry.target.id,
    data: entry.data ?? {},
    address: context.address,
    userAgent: context.userAgent,
    requestId: context.requestId,
    previousHash: head.previousHash,
  };
  const hash = hashAuditEvent(event);
  await transaction.insert(auditEvents).values({ ...event, hash });
  await transaction
    .update(auditHeads)
    .set({ hash })
    .where(sql`${auditHeads.chain} = ${entry.chain}`);
  await keepForWebhooks(transaction, event);
  return event;
}

/** SHA-256, in hex, over canonical JSON: sorted names, so that what PostgreSQL returns hashes the same. */
export function hashAuditEvent(event: Record<string, unknown>): string {
  return createHash('sha256').update(toCanonicalJson(event)).digest('hex');
}

export function toCanonicalJson(value: Record<string, unknown>): string {
  return stringify(JSON.parse(JSON.stringify(value))) ?? '';
}
