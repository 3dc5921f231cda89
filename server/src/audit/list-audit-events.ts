import type { AuditEvent, AuditEventPage, ListAuditEventsInput } from '@keyward/shared/audit';
import { requirePermission } from '../authorize.ts';
import type { OrganizationContext } from '../context.ts';
import type { Database } from '../database/connect-database.ts';
import { type StoredAuditEvent, selectAuditEvents } from './select-audit-events.ts';

/** What happened in the organization, newest first. */
export async function listAuditEvents(
  context: OrganizationContext,
  input: ListAuditEventsInput,
): Promise<AuditEventPage> {
  requirePermission(context, 'auditLog:read');
  return readAuditPage(context.database, context.organizationId, input);
}

/** A page of a chain, without asking who reads it. */
export async function readAuditPage(
  database: Database,
  chain: string,
  { limit, cursor, ...filters }: ListAuditEventsInput,
): Promise<AuditEventPage> {
  const before = cursor === undefined ? undefined : Number(cursor);
  // One more than asked for tells whether there is a next page.
  const rows = await selectAuditEvents(database, chain, filters, { before, limit: limit + 1 });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    data: shown.map(presentAuditEvent),
    nextCursor: rows.length > limit && last !== undefined ? String(last.number) : null,
  };
}

export function presentAuditEvent({
  chain: _chain,
  previousHash: _previousHash,
  hash: _hash,
  ...event
}: StoredAuditEvent): AuditEvent {
  // Written as JSON, and so nothing else comes back.
  return { ...event, at: event.at.toISOString(), data: event.data as AuditEvent['data'] };
}
