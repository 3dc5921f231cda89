import { type ExportAuditEventsInput, exportAuditEventsInput } from '@keyward/shared/audit-export';
import { DomainError } from '@keyward/shared/errors';
import { isId } from '@keyward/shared/ids';
import { and, eq, gt, sql } from 'drizzle-orm';
import { requireOperator, requirePermission } from '../authorize.ts';
import type { ActorContext, OrganizationContext, UserActor } from '../context.ts';
import type { Database } from '../database/connect-database.ts';
import { auditEvents } from '../database/schema/audit.ts';
import type { AuditExport } from './export-audit-events.ts';
import { type AuditTarget, instanceChain, recordAuditEvent } from './record-audit-event.ts';

/** An export that was recorded, and may now be written. */
export interface StartedExport extends AuditExport {
  /** Of its own event. */
  id: string;
}

/** Records that somebody exports events of the organization: a log tells who has read it as a whole. */
export async function startAuditExport(
  context: OrganizationContext,
  input: ExportAuditEventsInput,
): Promise<StartedExport> {
  requirePermission(context, 'auditLog:read');
  const { organizationId } = context;
  return record(context, { type: 'organization', id: organizationId }, organizationId, input);
}

/** The same of the log of accounts and services. For operators. */
export async function startInstanceExport(
  context: ActorContext & { actor: UserActor },
  input: ExportAuditEventsInput,
): Promise<StartedExport> {
  requireOperator(context.actor);
  const target = { type: 'user', id: context.actor.userId } as const;
  return record({ ...context, role: null }, target, instanceChain, input);
}

async function record(
  context: ActorContext,
  target: AuditTarget,
  chain: string,
  input: ExportAuditEventsInput,
): Promise<StartedExport> {
  const { id, number } = await context.database.transaction((transaction) =>
    recordAuditEvent(transaction, context, {
      chain,
      action: 'audit.exported',
      target,
      data: { ...input },
    }),
  );
  return { ...input, chain, before: number, id };
}

/** How long after it was started an export may be fetched. */
const fetchSeconds = 60;

/**
 * The export that this person has just started. A download is a plain link, which other pages could set
 * too: so it names what only its starter knows, and only for a minute.
 */
export async function findStartedExport(
  database: Database,
  actor: UserActor,
  id: string,
): Promise<StartedExport> {
  const [row] = isId('auditEvent', id)
    ? await database
        .select()
        .from(auditEvents)
        .where(
          and(
            eq(auditEvents.id, id),
            eq(auditEvents.action, 'audit.exported'),
            gt(auditEvents.at, sql`now() - make_interval(secs => ${fetchSeconds})`),
          ),
        )
    : [];
  if (row === undefined || row.actor.id !== actor.userId) {
    throw new DomainError('not_found', 'This download has ended: export once more.');
  }
  const { chain, number: before } = row;
  return { ...exportAuditEventsInput.parse(row.data), chain, before, id };
}
