import { and, asc, eq, isNull, type SQL, sql } from 'drizzle-orm';
import type { Transaction } from '../database/connect-database.ts';
import { keySecrets } from '../database/schema/keys.ts';

/** Secrets that are good now, at the database's time. */
export const isLive: SQL = sql`(${isNull(keySecrets.retiredAt)}
  and (${keySecrets.retiresAt} is null or ${keySecrets.retiresAt} > now()))`;

/** The live secrets of a key, oldest first: one, or two while it rotates. */
export function findLiveSecrets(transaction: Transaction, keyId: string) {
  return transaction
    .select()
    .from(keySecrets)
    .where(and(eq(keySecrets.keyId, keyId), isLive))
    .orderBy(asc(keySecrets.id));
}
