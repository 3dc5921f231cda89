import type { Key } from '@keyward/shared/keys';
import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm';
import type { OrganizationContext } from '../context.ts';
import { firstIdAt } from '../database/create-id.ts';
import { auditEvents } from '../database/schema/audit.ts';
import { keys } from '../database/schema/keys.ts';
import { readKeys } from './read-keys.ts';

const rememberedMilliseconds = 30 * 86_400_000;

/**
 * The bot key that each of these keys was handed over to, by the id of the old one, as the log says: of the
 * last 30 days, the newest that is not revoked.
 */
export async function findSuccessors(
  { database, organizationId }: OrganizationContext,
  keyIds: readonly string[],
): Promise<Map<string, Key>> {
  if (keyIds.length === 0) {
    return new Map();
  }
  const events = await database
    .select({ from: auditEvents.targetId, to: sql<string>`${auditEvents.data} ->> 'to'` })
    .from(auditEvents)
    .where(
      and(
        eq(auditEvents.chain, organizationId),
        eq(auditEvents.action, 'key.handed_over'),
        // With it, one index serves each of the ids.
        eq(auditEvents.targetType, 'key'),
        inArray(auditEvents.targetId, [...keyIds]),
        // Ids sort by time: what is older is not even looked at.
        gt(auditEvents.id, firstIdAt('auditEvent', Date.now() - rememberedMilliseconds)),
      ),
    )
    .orderBy(asc(auditEvents.id));
  if (events.length === 0) {
    return new Map();
  }
  const made = await readKeys(
    database,
    sql`(${eq(keys.organizationId, organizationId)} and ${inArray(
      keys.id,
      events.map(({ to }) => to),
    )})`,
    events.length,
  );
  const living = new Map(
    made.filter(({ status }) => status !== 'revoked').map((key) => [key.id, key]),
  );
  const successors = new Map<string, Key>();
  for (const { from, to } of events) {
    const key = living.get(to);
    if (key !== undefined) {
      successors.set(from, key);
    }
  }
  return successors;
}
