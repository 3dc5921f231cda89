import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import type { OrganizationContext } from '../context.ts';
import { auditEvents } from '../database/schema/audit.ts';

/** What the audit log calls the word that a secret is stored. */
export const storedAction = 'key.secret_stored';

/** Two for each secret that anybody looks at. */
const mostEvents = 14;

/** Who made the newest secrets and who said that they were stored, newest first. */
export function findSecretEvents({ database, organizationId }: OrganizationContext, keyId: string) {
  return database
    .select({
      action: auditEvents.action,
      at: auditEvents.at,
      actor: auditEvents.actor,
      last4: sql<string>`${auditEvents.data} ->> 'last4'`,
    })
    .from(auditEvents)
    .where(
      and(
        eq(auditEvents.chain, organizationId),
        eq(auditEvents.targetType, 'key'),
        eq(auditEvents.targetId, keyId),
        inArray(auditEvents.action, ['key.rotated', storedAction]),
      ),
    )
    .orderBy(desc(auditEvents.number))
    .limit(mostEvents);
}
