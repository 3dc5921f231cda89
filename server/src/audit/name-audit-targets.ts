import type { AuditEvent, AuditTargetType } from '@keyward/shared/audit';
import { and, eq, inArray } from 'drizzle-orm';
import type { Database } from '../database/connect-database.ts';
import { users } from '../database/schema/accounts.ts';
import { keys } from '../database/schema/keys.ts';
import { organizations } from '../database/schema/organizations.ts';
import { services } from '../database/schema/services.ts';
import { webhookEndpoints } from '../database/schema/webhooks.ts';

/** What the targets of events are called now, by their ids. Those that are gone are left out. */
export type TargetNames = Record<string, string>;

/** @param chain of whose events they are: the keys and webhooks of another organization stay unknown. */
export async function nameAuditTargets(
  database: Database,
  chain: string,
  events: readonly AuditEvent[],
): Promise<TargetNames> {
  const asked = (type: AuditTargetType) => [
    ...new Set(events.filter((one) => one.targetType === type).map((one) => one.targetId)),
  ];
  const found = await Promise.all([
    named(asked('key'), (ids) =>
      database
        .select({ id: keys.id, name: keys.name })
        .from(keys)
        .where(and(eq(keys.organizationId, chain), inArray(keys.id, ids))),
    ),
    named(asked('user'), (ids) =>
      database.select({ id: users.id, name: users.name }).from(users).where(inArray(users.id, ids)),
    ),
    named(asked('webhook'), (ids) =>
      database
        .select({ id: webhookEndpoints.id, name: webhookEndpoints.url })
        .from(webhookEndpoints)
        .where(and(eq(webhookEndpoints.organizationId, chain), inArray(webhookEndpoints.id, ids))),
    ),
    named(asked('service'), (ids) =>
      database
        .select({ id: services.id, name: services.slug })
        .from(services)
        .where(inArray(services.id, ids)),
    ),
    named(asked('organization'), (ids) =>
      database
        .select({ id: organizations.id, name: organizations.name })
        .from(organizations)
        .where(inArray(organizations.id, ids)),
    ),
  ]);
  return Object.fromEntries(found.flat().map(({ id, name }) => [id, name]));
}

interface Named {
  id: string;
  name: string;
}

const named = (
  ids: string[],
  find: (ids: string[]) => PromiseLike<Named[]>,
): PromiseLike<Named[]> | Named[] => (ids.length === 0 ? [] : find(ids));
