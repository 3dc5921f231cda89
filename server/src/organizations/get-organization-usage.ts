import type { Outcome } from '@keyward/shared/outcomes';
import type { OrganizationUsageInput } from '@keyward/shared/usage';
import { and, asc, eq, gte, sql } from 'drizzle-orm';
import { requirePermission } from '../authorize.ts';
import type { OrganizationContext } from '../context.ts';
import { readClock } from '../database/read-clock.ts';
import { organizationUsage } from '../database/schema/usage.ts';

export interface OrganizationUsage {
  /** When the first day began in UTC, and the moment of the answer, both in ISO 8601. */
  from: string;
  to: string;
  /** By day and outcome, oldest first; days without a call are left out. */
  buckets: { at: string; outcome: Outcome; count: number }[];
}

const dayMilliseconds = 86_400_000;

/** How often the organization's keys met each outcome on each of the last days. */
export async function getOrganizationUsage(
  context: OrganizationContext,
  { days }: OrganizationUsageInput,
): Promise<OrganizationUsage> {
  requirePermission(context, 'usage:read');
  const to = await readClock(context.database);
  const today = Math.floor(to.getTime() / dayMilliseconds) * dayMilliseconds;
  const from = new Date(today - (days - 1) * dayMilliseconds);
  const at = sql`date_trunc('day', ${organizationUsage.hour}, 'UTC')`;
  const rows = await context.database
    .select({
      at: at.mapWith(organizationUsage.hour),
      outcome: organizationUsage.outcome,
      count: sql`sum(${organizationUsage.count})`.mapWith(Number),
    })
    .from(organizationUsage)
    .where(
      and(
        eq(organizationUsage.organizationId, context.organizationId),
        gte(organizationUsage.hour, from),
      ),
    )
    .groupBy(at, organizationUsage.outcome)
    .orderBy(asc(at), asc(organizationUsage.outcome));
  return {
    from: from.toISOString(),
    to: to.toISOString(),
    buckets: rows.map((row) => ({ ...row, at: row.at.toISOString() })),
  };
}
