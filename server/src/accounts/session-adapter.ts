import { createHash } from 'node:crypto';
import { and, eq, gt, lte, sql } from 'drizzle-orm';
import type { Adapter, DatabaseSession } from 'lucia';
import type { Database } from '../database/connect-database.ts';
import { sessions, users } from '../database/schema/accounts.ts';

/** What names a session without opening it. */
export const hashSessionId = (sessionId: string) =>
  createHash('sha256').update(sessionId).digest('hex');

/** A session that is not used ends after this long. */
export const idleHours = 12;
export const idleEnd = sql`now() + make_interval(hours => ${idleHours})`;

/** However busy, a session ends this long after it began. */
export const longestDays = 30;

/** By the database's clock: neither idle nor busy for too long. */
export const isLive = and(
  gt(sessions.expiresAt, sql`now()`),
  gt(sessions.createdAt, sql`now() - make_interval(days => ${longestDays})`),
);

/** A provider's clock may be ahead. What is not known was long ago: such a session is not fresh. */
const momentOf = (shownAt: Date | null) =>
  shownAt === null
    ? sql`to_timestamp(0)`
    : sql`least(now(), ${shownAt.toISOString()}::timestamptz)`;

/** Lucia's storage on our tables. Only the SHA-256 of a session's id is kept. */
export function createSessionAdapter(database: Database): Adapter {
  return {
    async getSessionAndUser(sessionId) {
      const [row] = await database
        .select({
          attributes: {
            address: sessions.address,
            userAgent: sessions.userAgent,
            hasSecondFactor: sessions.hasSecondFactor,
            shownAt: sql<undefined>`null`,
            isFresh: sql<boolean>`${sessions.confirmedAt} > now() - interval '15 minutes'`,
            isUnseen: sql<boolean>`${sessions.expiresAt} < ${idleEnd} - interval '5 minutes'`,
          },
          user: {
            id: users.id,
            email: users.email,
            name: users.name,
            isOperator: users.isOperator,
          },
        })
        .from(sessions)
        .innerJoin(users, eq(users.id, sessions.userId))
        .where(and(eq(sessions.idHash, hashSessionId(sessionId)), isLive));
      if (row === undefined) {
        return [null, null];
      }
      const { id, ...attributes } = row.user;
      // The database has said that it lives; the clock of this machine, which Lucia reads, may be wrong.
      const expiresAt = new Date(Date.now() + idleHours * 3_600_000);
      return [
        { id: sessionId, userId: id, expiresAt, attributes: row.attributes },
        { id, attributes },
      ];
    },
    async setSession({ id, userId, attributes }) {
      const { address, userAgent, hasSecondFactor, shownAt } = attributes;
      await database.insert(sessions).values({
        idHash: hashSessionId(id),
        userId,
        expiresAt: idleEnd,
        address,
        userAgent,
        hasSecondFactor,
        ...(shownAt !== undefined && { confirmedAt: momentOf(shownAt) }),
      });
    },
    async updateSessionExpiration(sessionId) {
      await database
        .update(sessions)
        .set({ expiresAt: idleEnd })
        .where(eq(sessions.idHash, hashSessionId(sessionId)));
    },
    async deleteSession(sessionId) {
      await database.delete(sessions).where(eq(sessions.idHash, hashSessionId(sessionId)));
    },
    async deleteUserSessions(userId) {
      await database.delete(sessions).where(eq(sessions.userId, userId));
    },
    async deleteExpiredSessions() {
      await database.delete(sessions).where(lte(sessions.expiresAt, sql`now()`));
    },
    getUserSessions(): Promise<DatabaseSession[]> {
      // The ids are not kept, so sessions that could be used again cannot be listed.
      throw new Error('Sessions are kept by their hash and cannot be read back.');
    },
  };
}
