import type { AuditEventPage, ListAuditEventsInput } from '@keyward/shared/audit';
import { requireOperator, requirePermission } from '../authorize.ts';
import type { ActorContext, OrganizationContext } from '../context.ts';
import type { Database } from '../database/connect-database.ts';
import { readAuditPage } from './list-audit-events.ts';
import { nameAuditTargets, type TargetNames } from './name-audit-targets.ts';
import { instanceChain } from './record-audit-event.ts';

/** For the console, which leads from an event to what it was about. */
export interface NamedAuditEventPage extends AuditEventPage {
  names: TargetNames;
}

export async function readNamedEvents(
  context: OrganizationContext,
  input: ListAuditEventsInput,
): Promise<NamedAuditEventPage> {
  requirePermission(context, 'auditLog:read');
  return readNamedPage(context.database, context.organizationId, input);
}

/** What happened to accounts and services, newest first. For operators. */
export async function readNamedInstanceEvents(
  context: ActorContext,
  input: ListAuditEventsInput,
): Promise<NamedAuditEventPage> {
  requireOperator(context.actor);
  return readNamedPage(context.database, instanceChain, input);
}

async function readNamedPage(database: Database, chain: string, input: ListAuditEventsInput) {
  const page = await readAuditPage(database, chain, input);
  return { ...page, names: await nameAuditTargets(database, chain, page.data) };
}
