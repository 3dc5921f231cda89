import { and, isNotNull, lt, sql } from 'drizzle-orm';
import type { ActorContext } from '../../context.ts';
import { webhookDeliveries, webhookNotices } from '../../database/schema/webhooks.ts';

const keptDays = 30;
/** Longer than anything is looked back to. */
const noticeDays = 60;

/** Forgets what was delivered, or given up, a month ago. A duty of Keyward's own. */
export async function pruneDeliveries({ database }: ActorContext): Promise<void> {
  const daysAgo = (days: number) => sql`now() - make_interval(days => ${days})`;
  await database
    .delete(webhookDeliveries)
    .where(
      and(
        isNotNull(webhookDeliveries.finishedAt),
        lt(webhookDeliveries.finishedAt, daysAgo(keptDays)),
      ),
    );
  await database.delete(webhookNotices).where(lt(webhookNotices.at, daysAgo(noticeDays)));
}
