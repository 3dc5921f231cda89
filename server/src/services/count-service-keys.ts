import type { ServiceKeyCounts } from '@keyward/shared/services';
import { and, asc, eq, sql } from 'drizzle-orm';
import { requireOperator } from '../authorize.ts';
import type { ActorContext } from '../context.ts';
import { keys } from '../database/schema/keys.ts';
import { getService } from './get-service.ts';

const isLive = sql`${keys.revokedAt} is null and (${keys.expiresAt} is null or ${keys.expiresAt} > now())`;

/** How many keys of a service there are, tier by tier, over all organizations. For operators. */
export async function countServiceKeys(
  context: ActorContext,
  slug: string,
): Promise<ServiceKeyCounts> {
  requireOperator(context.actor);
  const { id } = await getService(context, slug);
  const [tiers, [holders]] = await Promise.all([
    context.database
      .select({
        name: keys.tier,
        keys: sql`count(*)`.mapWith(Number),
        live: sql`count(*) filter (where ${isLive})`.mapWith(Number),
        onTierLimit: sql`count(*) filter (where ${isLive} and ${keys.rateLimit} is null)`.mapWith(
          Number,
        ),
      })
      .from(keys)
      .where(eq(keys.serviceId, id))
      .groupBy(keys.tier)
      .orderBy(asc(keys.tier)),
    context.database
      .select({ count: sql`count(distinct ${keys.organizationId})`.mapWith(Number) })
      .from(keys)
      .where(and(eq(keys.serviceId, id), isLive)),
  ]);
  return { organizations: holders?.count ?? 0, tiers };
}
