import {
  type AuditEvent,
  type AuditEventPage,
  auditTargetTypes,
  type ListAuditEventsInput,
} from '@keyward/shared/audit';
import { idPrefixes } from '@keyward/shared/ids';
import { and, desc, eq, gte, inArray, lt, type SQL, sql } from 'drizzle-orm';
import { requirePermission } from '../authorize.ts';
import type { OrganizationContext } from '../context.ts';
import { auditEvents } from '../database/schema/audit.ts';

/** What happened in the organization, newest first, by key set: each page is as fast as the first. */
export async function listAuditEvents(
  context: OrganizationContext,
  input: ListAuditEventsInput,
): Promise<AuditEventPage> {
  requirePermission(context, 'auditLog:read');
  const { id, number, at, actor, action, targetType, targetId, data, address } = auditEvents;
  const { userAgent, requestId } = auditEvents;
  const rows = await context.database
    .select({
      ...{ id, number, at, actor, action, targetType, targetId, data, address },
      ...{ userAgent, requestId },
    })
    .from(auditEvents)
    .where(and(eq(auditEvents.chain, context.organizationId), ...filters(input)))
    .orderBy(desc(auditEvents.number))
    // One more than asked for tells whether there is a next page.
    .limit(input.limit + 1);
  const shown = rows.slice(0, input.limit);
  const last = shown.at(-1);
  return {
    data: shown.map((row) => ({
      ...row,
      at: row.at.toISOString(),
      // Written as JSON, and so nothing else comes back.
      data: row.data as AuditEvent['data'],
    })),
    nextCursor: rows.length > input.limit && last !== undefined ? String(last.number) : null,
  };
}

function filters(input: ListAuditEventsInput): (SQL | undefined)[] {
  const { action, targetId } = input;
  return [
    input.cursor === undefined ? undefined : lt(auditEvents.number, Number(input.cursor)),
    input.targetType && eq(auditEvents.targetType, input.targetType),
    targetId === undefined ? undefined : isAbout([targetId].flat()),
    action === undefined ? undefined : matches(action),
    input.actorId === undefined ? undefined : sql`${auditEvents.actor} ->> 'id' = ${input.actorId}`,
    input.from === undefined ? undefined : gte(auditEvents.at, toMoment(input.from)),
    input.to === undefined ? undefined : lt(auditEvents.at, toMoment(input.to)),
  ];
}

/** Ids tell what they are of; the type stands before them in the index of targets. */
function isAbout(ids: readonly string[]): SQL | undefined {
  const types = auditTargetTypes.filter((type) =>
    ids.some((id) => id.startsWith(idPrefixes[type])),
  );
  return and(
    // An id of no such kind is nobody's.
    types.length === 0 ? sql`false` : inArray(auditEvents.targetType, types),
    inArray(auditEvents.targetId, [...ids]),
  );
}

const matches = (action: string): SQL =>
  action.endsWith('.')
    ? sql`starts_with(${auditEvents.action}, ${action})`
    : sql`${auditEvents.action} = ${action}`;

const lastMoment = Date.UTC(9999, 11, 31);

// An offset may carry the first and the last year out of what PostgreSQL reads; nothing happened there.
const toMoment = (text: string): Date =>
  new Date(Math.min(Math.max(0, Date.parse(text)), lastMoment));
