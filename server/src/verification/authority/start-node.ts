import { performance } from 'node:perf_hooks';
import { eq, sql } from 'drizzle-orm';
import type { Database } from '../../database/connect-database.ts';
import { createId } from '../../database/create-id.ts';
import { authorityNodes, authorityRevision } from '../../database/schema/authority.ts';

const leaseSeconds = 3;
const renewalMilliseconds = 1000;

/** This process among those that judge keys. */
export interface Node {
  id: string;
  /** Whether the primary was heard within the lease: compared at each call, never by a timer's flag. */
  holdsLease(): boolean;
  /** Takes the node off the list, so that nobody waits for it. */
  stop(): Promise<void>;
}

/** Registers this process and renews its lease each second. */
export async function startNode(
  database: Database,
  onError: (error: unknown) => void,
): Promise<Node> {
  const id = createId('node');
  let leasedUntil = 0;
  let renewal: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  const renew = async () => {
    // Noted before the request leaves: the answer's own time would stretch the lease.
    const askedAt = performance.now();
    const appliedRevision = sql`(select ${authorityRevision.revision} from ${authorityRevision})`;
    await database
      .insert(authorityNodes)
      .values({ id, leaseSeconds, appliedRevision })
      .onConflictDoUpdate({
        target: authorityNodes.id,
        set: { renewedAt: sql`now()`, appliedRevision },
      });
    leasedUntil = askedAt + leaseSeconds * 1000;
  };

  await collectDeadNodes(database);
  await renew();
  const renewAgain = () => {
    renewal = renew().catch(onError).then(schedule);
  };
  const schedule = () => {
    if (stopped) {
      return;
    }
    timer = setTimeout(renewAgain, renewalMilliseconds).unref();
  };
  schedule();

  return {
    id,
    holdsLease: () => performance.now() < leasedUntil,
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await renewal;
      leasedUntil = 0;
      await database.delete(authorityNodes).where(eq(authorityNodes.id, id));
    },
  };
}

/** Removes the rows of processes that have been gone for a minute. */
async function collectDeadNodes(database: Database): Promise<void> {
  await database
    .delete(authorityNodes)
    .where(sql`${authorityNodes.renewedAt} < now() - interval '1 minute'`);
}
