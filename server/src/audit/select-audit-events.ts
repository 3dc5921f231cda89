import { type AuditFilters, auditActions, auditTargetTypes } from '@keyward/shared/audit';
import { idPrefixes } from '@keyward/shared/ids';
import { and, desc, eq, gte, inArray, lt, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../database/connect-database.ts';
import { auditEvents } from '../database/schema/audit.ts';

/** An event as it rests in the database. */
export type StoredAuditEvent = typeof auditEvents.$inferSelect;

interface Page {
  /** The number before which it ends; left out: none. */
  before?: number | undefined;
  limit: number;
}

/** Events of a chain, newest first, by key set: each page is as fast as the first. */
export function selectAuditEvents(
  database: Database,
  chain: string,
  filters: AuditFilters,
  { before, limit }: Page,
): Promise<StoredAuditEvent[]> {
  return database
    .select()
    .from(auditEvents)
    .where(
      and(
        eq(auditEvents.chain, chain),
        before === undefined ? undefined : lt(auditEvents.number, before),
        ...conditions(filters),
      ),
    )
    .orderBy(desc(auditEvents.number))
    .limit(limit);
}

function conditions(filters: AuditFilters): (SQL | undefined)[] {
  const { action, actorId, actorType, targetId, targetType, from, to } = filters;
  return [
    targetType && eq(auditEvents.targetType, targetType),
    targetId === undefined ? undefined : isAbout([targetId].flat()),
    action === undefined ? undefined : matches(action),
    actorId === undefined ? undefined : sql`${auditEvents.actor} ->> 'id' = ${actorId}`,
    actorType === undefined ? undefined : sql`${auditEvents.actor} ->> 'type' = ${actorType}`,
    from === undefined ? undefined : gte(auditEvents.at, toMoment(from)),
    to === undefined ? undefined : lt(auditEvents.at, toMoment(to)),
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

// A prefix as the actions that have it: those the index of actions can look up, each by itself.
const matches = (action: string): SQL =>
  action.endsWith('.')
    ? inArray(
        auditEvents.action,
        auditActions.filter((one) => one.startsWith(action)),
      )
    : sql`${auditEvents.action} = ${action}`;

const lastMoment = Date.UTC(9999, 11, 31);

// An offset may carry the first and the last year out of what PostgreSQL reads; nothing happened there.
const toMoment = (text: string): Date =>
  new Date(Math.min(Math.max(0, Date.parse(text)), lastMoment));
