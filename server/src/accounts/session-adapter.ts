import { createHash } from 'node:crypto';
import { and, eq, gt, lte, sql } from 'drizzle-orm';
import type { Adapter, DatabaseSession } from 'lucia';
import type { Database } from '../database/connect-database.ts';
import { sessions, users } from '../database/schema/accounts.ts';

const hashSessionId = (sessionId: string) => createHash('sha256').update(sessionId).digest('hex');

// However busy, a session ends 30 days after it began.
const isYoung = gt(sessions.createdAt, sql`now() - interval '30 days'`);

/** Lucia's storage on our tables. Only the SHA-256 of a session's id is kept. */
export function createSessionAdapter(database: Database): Adapter {
  return {
    async getSessionAndUser(sessionId) {
      const [row] = await database
        .select({
          expiresAt: sessions.expiresAt,
          user: {
            id: users.id,
            email: users.email,
            name: users.name,
            isOperator: users.isOperator,
          },
        })
        .from(sessions)
        .innerJoin(users, eq(users.id, sessions.userId))
        .where(and(eq(sessions.idHash, hashSessionId(sessionId)), isYoung));
      if (row === undefined) {
        return [null, null];
      }
      const { id, ...attributes } = row.user;
      return [
        { id: sessionId, userId: id, expiresAt: row.expiresAt, attributes: {} },
        { id, attributes },
      ];
    },
    async setSession({ id, userId, expiresAt }) {
      await database.insert(sessions).values({ idHash: hashSessionId(id), userId, expiresAt });
    },
    async updateSessionExpiration(sessionId, expiresAt) {
      await database
        .update(sessions)
        .set({ expiresAt })
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
