import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import type { OrganizationContext } from '../context.ts';
import { auditEvents } from '../database/schema/audit.ts';

/** What the audit log calls the word that a secret is stored. */
export const storedAction = 'key.secret_stored';

// The log has no index by key. Its newest events alone are read, so that its length costs nothing.
const mostEvents = 10_000;

/** Who made the newest secrets and who said that they were stored, newest first. */
export function findSecretEvents({ database, organizationId }: OrganizationContext, keyId: string) {
  const newest = database
    .select()
    .from(auditEvents)
    .where(eq(auditEvents.chain, organizationId))
    .orderBy(desc(auditEvents.number))
    .limit(mostEvents)
    .as('newest');
  return database
    .select({
      action: newest.action,
      at: newest.at,
      actor: newest.actor,
      last4: sql<string>`${newest.data} ->> 'last4'`,
    })
    .from(newest)
    .where(and(eq(newest.targetId, keyId), inArray(newest.action, ['key.rotated', storedAction])))
    .orderBy(desc(newest.number));
}
