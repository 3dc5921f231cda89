import type { SessionSummary } from '@keyward/shared/accounts';
import { and, desc, eq } from 'drizzle-orm';
import type { Context, UserActor } from '../context.ts';
import { sessions } from '../database/schema/accounts.ts';
import { describeDevice } from './describe-device.ts';
import { isLive } from './session-adapter.ts';

/** Where the user is signed in: this session first, then by last use. */
export async function listSessions(
  context: Context & { actor: UserActor },
): Promise<SessionSummary[]> {
  const { actor, database } = context;
  const rows = await database
    .select()
    .from(sessions)
    .where(and(eq(sessions.userId, actor.userId), isLive))
    .orderBy(desc(sessions.lastSeenAt), desc(sessions.createdAt));
  return rows
    .map((row) => ({
      session: row.idHash,
      isThis: row.idHash === actor.session?.id,
      device: describeDevice(row.userAgent),
      address: row.address,
      hasSecondFactor: row.hasSecondFactor,
      startedAt: row.createdAt.toISOString(),
      lastSeenAt: row.lastSeenAt.toISOString(),
    }))
    .sort((one, other) => Number(other.isThis) - Number(one.isThis));
}
