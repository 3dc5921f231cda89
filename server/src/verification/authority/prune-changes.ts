import { sql } from 'drizzle-orm';
import type { Database } from '../../database/connect-database.ts';
import { authorityChanges, authorityRevision } from '../../database/schema/authority.ts';

/** Far more than a node reads one by one: one that is further behind forgets everything anyway. */
const keptChanges = 10_000;

/** Drops the changes that no node will read. By their number, since clocks may be set. */
export async function pruneAuthorityChanges({ database }: { database: Database }): Promise<void> {
  await database
    .delete(authorityChanges)
    .where(
      sql`${authorityChanges.revision} <= (select ${authorityRevision.revision} from ${authorityRevision}) - ${keptChanges}`,
    );
}
