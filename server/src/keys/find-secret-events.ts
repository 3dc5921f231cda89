import { and, desc, eq, gt, inArray, sql } from 'drizzle-orm';
import type { OrganizationContext } from '../context.ts';
import { auditEvents, auditHeads } from '../database/schema/audit.ts';

/** What the audit log calls the word that a secret is stored. */
export const storedAction = 'key.secret_stored';

// The log is numbered and has no index by key: so far back is read in milliseconds, whatever its length.
const mostEvents = 10_000;
/** Two of each secret that anybody looks at. */
const mostShown = 14;

/** Who made the newest secrets and who said that they were stored, newest first. */
export function findSecretEvents({ database, organizationId }: OrganizationContext, keyId: string) {
  const head = database
    .select({ number: sql`${auditHeads.number} - ${mostEvents}` })
    .from(auditHeads)
    .where(eq(auditHeads.chain, organizationId));
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
        gt(auditEvents.number, sql`(${head})`),
        eq(auditEvents.targetId, keyId),
        inArray(auditEvents.action, ['key.rotated', storedAction]),
      ),
    )
    .orderBy(desc(auditEvents.number))
    .limit(mostShown);
}
