import { performance } from 'node:perf_hooks';
import type { Receipt } from '@keyward/shared/keys';
import { sql } from 'drizzle-orm';
import type { Database } from '../../database/connect-database.ts';
import { authorityNodes } from '../../database/schema/authority.ts';

/**
 * Returns when a committed change is true on every node, with the receipt that says so.
 * Nodes judge each key by the primary's own rows, so a change is true once it has been committed.
 */
export async function settleAuthorityChange(
  database: Database,
  revision: number,
): Promise<Receipt> {
  const startedAt = performance.now();
  const [row] = await database
    .select({
      nodes: sql`count(*)`.mapWith(Number),
      effectiveAt: sql`now()`.mapWith(authorityNodes.renewedAt),
    })
    .from(authorityNodes)
    .where(
      sql`${authorityNodes.renewedAt} > now() - make_interval(secs => ${authorityNodes.leaseSeconds})`,
    );
  if (row === undefined) {
    throw new Error('Counting the nodes returned no row.');
  }
  return {
    revision,
    nodes: row.nodes,
    waitedMs: Math.round(performance.now() - startedAt),
    effectiveAt: row.effectiveAt.toISOString(),
  };
}
