import type { KeyStatus } from '@keyward/shared/keys';
import { and, desc, eq, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../database/connect-database.ts';
import { users } from '../database/schema/accounts.ts';
import { keySecrets, keys } from '../database/schema/keys.ts';
import { services } from '../database/schema/services.ts';
import { isLive } from './live-secrets.ts';

/** The status of a key at the database's time, as SQL. A revoked key is revoked whatever else it is. */
export const keyStatus = sql<KeyStatus>`case
  when ${keys.revokedAt} is not null then 'revoked'
  when ${keys.expiresAt} <= now() then 'expired'
  when ${keys.suspendedAt} is not null then 'suspended'
  else 'active' end`;

export type KeyRow = Awaited<ReturnType<typeof findKeyRows>>[number];

/** Keys in this order and all that is shown of them: one row for each live secret, or one without. */
export function findKeyRows(database: Database, where: SQL, limit: number, orderBy: SQL) {
  // Picked before anything is joined. The limit stands in the text, because a prepared plan takes one
  // that it does not know for a tenth of the table.
  const picked = database
    .select()
    .from(keys)
    .where(where)
    .orderBy(sql`${orderBy} limit ${sql.raw(String(limit))}`)
    .as('keys');
  return (
    database
      .select({
        key: keys,
        status: keyStatus,
        service: services.slug,
        tiers: sql`${services.profile} -> 'tiers'`.mapWith(
          (tiers) => tiers as typeof services.$inferSelect.profile.tiers,
        ),
        user: { id: users.id, email: users.email, name: users.name },
        secret: {
          start: keySecrets.start,
          last4: keySecrets.last4,
          createdAt: keySecrets.createdAt,
          retiresAt: keySecrets.retiresAt,
          lastUsedAt: keySecrets.lastUsedAt,
        },
      })
      .from(picked)
      .innerJoin(services, eq(services.id, keys.serviceId))
      .leftJoin(users, eq(users.id, keys.userId))
      // In the same statement: a page takes one way to the database and back.
      .leftJoin(keySecrets, and(eq(keySecrets.keyId, keys.id), isLive))
      .orderBy(desc(keys.id), keySecrets.id)
      // By a name, whatever it is, PostgreSQL plans each shape of it once for a connection.
      .prepare('find_key_rows')
      .execute()
  );
}
