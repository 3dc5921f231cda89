import { sql } from 'drizzle-orm';
import type { Transaction } from '../../database/connect-database.ts';
import { authorityChanges, authorityRevision } from '../../database/schema/authority.ts';

export interface AuthorityChange {
  subject: 'key' | 'organization' | 'service' | 'user';
  subjectId: string;
}

/**
 * Counts a change of what is valid, in the transaction that makes it, and returns its revision.
 * Every change of a key, secret, membership, role, organization or service goes through here.
 * Call it late: it holds the counter's lock until the transaction ends.
 */
export async function recordAuthorityChange(
  transaction: Transaction,
  change: AuthorityChange,
): Promise<number> {
  const [row] = await transaction
    .update(authorityRevision)
    .set({ revision: sql`${authorityRevision.revision} + 1` })
    .returning({ revision: authorityRevision.revision });
  if (row === undefined) {
    throw new Error('The row of authority_revision is missing: restore it from a backup.');
  }
  await transaction.insert(authorityChanges).values({ revision: row.revision, ...change });
  return row.revision;
}

/** The newest revision: what has to be waited for when a change turns out to be made already. */
export async function currentRevision(transaction: Transaction): Promise<number> {
  const [row] = await transaction.select().from(authorityRevision);
  return row?.revision ?? 0;
}
