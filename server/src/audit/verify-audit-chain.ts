import type { AuditBreak, AuditVerdict } from '@keyward/shared/audit-verdict';
import { and, asc, eq, gt } from 'drizzle-orm';
import type { Database, Transaction } from '../database/connect-database.ts';
import { auditEvents, auditHeads } from '../database/schema/audit.ts';
import { beginning, judgeAuditEvent, type Link, tellMissing } from './judge-audit-event.ts';
import { instanceChain } from './record-audit-event.ts';

/** What of a chain is in memory at a time. */
const batchSize = 200;

export interface VerifyOptions {
  /** Called as it goes on, with how many events were looked at and how many there are. */
  onProgress?: ((looked: number, all: number) => void) | undefined;
  /** Whoever asked may go away. */
  signal?: AbortSignal | undefined;
}

/** Looks through a whole chain in one snapshot: each event, its place, its link, and the head. */
export function verifyAuditChain(
  database: Database,
  chain: string,
  options: VerifyOptions = {},
): Promise<AuditVerdict> {
  return database.transaction((transaction) => verifyWithin(transaction, chain, options), {
    isolationLevel: 'repeatable read',
    accessMode: 'read only',
  });
}

/** The same within a transaction, which has to be of one snapshot. */
export async function verifyWithin(
  transaction: Transaction,
  chain: string,
  { onProgress, signal }: VerifyOptions,
): Promise<AuditVerdict> {
  const [head] = await transaction
    .select({ number: auditHeads.number, hash: auditHeads.hash })
    .from(auditHeads)
    .where(eq(auditHeads.chain, chain));
  let previous = beginning;
  let events = 0;
  let since: string | null = null;
  const tell = (broken: AuditBreak | null): AuditVerdict => ({
    ...{ events, since, broken },
    head: head ?? null,
  });
  for await (const batch of readBatches(transaction, chain)) {
    signal?.throwIfAborted();
    for (const event of batch) {
      events += 1;
      since ??= event.at.toISOString();
      const broken = judgeAuditEvent(previous, event);
      if (broken !== null) {
        return tell(broken);
      }
      previous = event;
    }
    onProgress?.(events, head?.number ?? events);
  }
  return tell(judgeHead(previous, head) ?? judgeBeginning(chain, previous));
}

/** In the order of their numbers, the oldest first, whatever these are. */
async function* readBatches(transaction: Transaction, chain: string) {
  let after: number | null = null;
  for (;;) {
    const batch: (typeof auditEvents.$inferSelect)[] = await transaction
      .select()
      .from(auditEvents)
      .where(
        and(
          eq(auditEvents.chain, chain),
          after === null ? undefined : gt(auditEvents.number, after),
        ),
      )
      .orderBy(asc(auditEvents.number))
      .limit(batchSize);
    yield batch;
    if (batch.length < batchSize) {
      return;
    }
    after = batch.at(-1)?.number ?? null;
  }
}

// An organization's log begins with its making; there is none without that event.
function judgeBeginning(chain: string, { number }: Link): AuditBreak | null {
  return chain === instanceChain || number > 0
    ? null
    : { number: 1, reason: 'missing', detail: 'Nothing is left of this log, not even its head.' };
}

/** Whether the head tells of the last event that is there. */
function judgeHead({ number, hash }: Link, head: Link | undefined): AuditBreak | null {
  if (head === undefined) {
    return number === 0
      ? null
      : {
          number,
          reason: 'head_missing',
          detail: `The head of this log is gone: whether there were events after ${number} cannot be said.`,
        };
  }
  if (head.number > number) {
    const missing = tellMissing(number + 1, head.number);
    return { number: number + 1, reason: 'tail_cut', detail: `The end was cut off. ${missing}` };
  }
  if (head.number < number) {
    return {
      number: head.number + 1,
      reason: 'beyond_head',
      detail: `The head of this log tells of ${head.number} events, and there are more: it was set back, or they were added.`,
    };
  }
  return head.hash === hash
    ? null
    : {
        number,
        reason: 'head_changed',
        detail: `The head of this log does not agree with event ${number}, the last: one of the two was changed.`,
      };
}
