import { and, eq, isNull, sql } from 'drizzle-orm';
import type { ActorContext } from '../context.ts';
import { keys } from '../database/schema/keys.ts';
import { organizations } from '../database/schema/organizations.ts';
import { changeKey } from './change-key.ts';

/** Change counts as use: a key that an admin has just resumed gets its days again. */
export const lastUseOrChange = sql`greatest(${keys.createdAt}, ${keys.updatedAt}, ${keys.lastUsedAt})`;

const isUnused = sql`${lastUseOrChange} < now() - make_interval(
  days => (select (guardrails ->> 'suspendAfterUnusedDays')::int from organizations
    where id = ${keys.organizationId}))`;

/**
 * Suspends the keys that were not used for as many days as their organization's guardrails allow.
 * A duty of Keyward's own; returns the ids of those it suspended.
 */
export async function suspendUnusedKeys(context: ActorContext): Promise<string[]> {
  const unused = await context.database
    .select({ id: keys.id, organizationId: keys.organizationId })
    .from(keys)
    .innerJoin(organizations, eq(organizations.id, keys.organizationId))
    .where(
      and(
        sql`${organizations.guardrails} ->> 'suspendAfterUnusedDays' is not null`,
        isNull(keys.revokedAt),
        isNull(keys.suspendedAt),
        isUnused,
      ),
    )
    .orderBy(keys.id)
    .limit(1000);
  const suspended: string[] = [];
  for (const { id, organizationId } of unused) {
    await changeKey({ ...context, organizationId, role: null }, id, {
      permission: 'apiKeys:update',
      async make(transaction) {
        // Asked again under the lock: a call may have come in between.
        const [row] = await transaction
          .update(keys)
          .set({ suspendedAt: sql`now()`, updatedAt: sql`now()` })
          .where(and(eq(keys.id, id), isNull(keys.revokedAt), isNull(keys.suspendedAt), isUnused))
          .returning({ lastUsedAt: keys.lastUsedAt });
        if (row === undefined) {
          return null;
        }
        suspended.push(id);
        return { action: 'key.suspended', data: { because: 'unused', lastUsedAt: row.lastUsedAt } };
      },
    });
  }
  return suspended;
}
