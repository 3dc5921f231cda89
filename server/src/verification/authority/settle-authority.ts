import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { DomainError } from '@keyward/shared/errors';
import type { Receipt } from '@keyward/shared/keys';
import { sql } from 'drizzle-orm';
import type { Database } from '../../database/connect-database.ts';
import { authorityNodes, authorityRevision } from '../../database/schema/authority.ts';
import { withinDeadline } from '../../database/within-deadline.ts';

/** What clocks of two machines may drift apart within a lease, and far more. */
export const driftMilliseconds = 250;
const firstPollMilliseconds = 2;
const longestPollMilliseconds = 25;

interface NodesView {
  revision: number;
  nodes: number;
  /** Of the nodes that have not applied the revision that is waited for. */
  behind: number;
  /** Of all nodes: they may differ while an upgrade rolls. */
  longestLeaseSeconds: number;
  /** Milliseconds since the epoch, by the database's clock. */
  now: number;
}

/**
 * Waits until everything that was committed before this call is true on every node: each has applied it, or
 * the longest lease of them and a margin have passed, so that whoever could not be heard trusts its memory
 * no more. Time is this process's own monotonic clock.
 */
export async function settleAuthority(
  database: Database,
  options: { waits: boolean },
): Promise<Receipt> {
  const committedAt = performance.now();
  const first = await withinDeadline(() => readNodes(database, null)).catch((error: unknown) => {
    throw new DomainError(
      'authority_unavailable',
      'The change is made, but not every node may know of it: repeat the call, which waits for them.',
      { cause: error },
    );
  });
  let last = first;
  const longest = () =>
    Math.max(first.longestLeaseSeconds, last.longestLeaseSeconds) * 1000 + driftMilliseconds;
  const elapsed = () => performance.now() - committedAt;
  let pause = firstPollMilliseconds;
  while (options.waits && last.behind > 0 && elapsed() < longest()) {
    const left = longest() - elapsed();
    await delay(Math.min(pause, left));
    pause = Math.min(pause * 2, longestPollMilliseconds);
    // What cannot be asked any more is waited out.
    const asked = readNodes(database, first.revision).catch(() => last);
    last = await Promise.race([asked, delay(left, last, { ref: false })]);
  }
  const waited = elapsed();
  return {
    revision: first.revision,
    nodes: last.nodes,
    waitedMs: Math.round(waited),
    effectiveAt: new Date(first.now + waited).toISOString(),
  };
}

/** @param awaited the revision that is waited for; null for the one that stands now. */
async function readNodes(database: Database, awaited: number | null): Promise<NodesView> {
  const target = awaited ?? sql`${authorityRevision.revision}`;
  const [row] = await database
    .select({
      revision: authorityRevision.revision,
      nodes: sql`count(${authorityNodes.id})`.mapWith(Number),
      behind: sql`count(*) filter (where ${authorityNodes.appliedRevision} < ${target})`.mapWith(
        Number,
      ),
      longestLeaseSeconds: sql`coalesce(max(${authorityNodes.leaseSeconds}), 0)`.mapWith(Number),
      now: sql`extract(epoch from clock_timestamp()) * 1000`.mapWith(Number),
    })
    .from(authorityRevision)
    .leftJoin(authorityNodes, sql`true`)
    .groupBy(authorityRevision.revision);
  if (row === undefined) {
    throw new Error('The row of authority_revision is missing: restore it from a backup.');
  }
  return row;
}
