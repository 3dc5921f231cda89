import { DomainError } from '@keyward/shared/errors';
import { and, eq, ne } from 'drizzle-orm';
import { instanceChain, recordAuditEvent } from '../audit/record-audit-event.ts';
import { requireFreshSession } from '../authorize.ts';
import type { Context, UserActor } from '../context.ts';
import { sessions } from '../database/schema/accounts.ts';
import { describeDevice } from './describe-device.ts';
import { openSessions } from './sessions.ts';

type UserContext = Context & { actor: UserActor };

/** Signs the user out on one of their devices. Another's session is as unknown as one that never was. */
export async function endSession(context: UserContext, session: string): Promise<void> {
  const { actor } = context;
  requireFreshSession(actor);
  await context.database.transaction(async (transaction) => {
    const [ended] = await transaction
      .delete(sessions)
      .where(and(eq(sessions.idHash, session), eq(sessions.userId, actor.userId)))
      .returning();
    if (ended === undefined) {
      throw new DomainError('not_found', 'This session has ended already: reload the list.');
    }
    await recordAuditEvent(transaction, context, {
      chain: instanceChain,
      action: 'account.session_ended',
      target: { type: 'user', id: actor.userId },
      data: { device: describeDevice(ended.userAgent), address: ended.address },
    });
  });
}

/** Signs the user out on every other device. */
export async function endOtherSessions(context: UserContext): Promise<{ ended: number }> {
  const { actor } = context;
  requireFreshSession(actor);
  return context.database.transaction(async (transaction) => {
    const ended = await transaction
      .delete(sessions)
      .where(and(eq(sessions.userId, actor.userId), ne(sessions.idHash, actor.session?.id ?? '')))
      .returning({ session: sessions.idHash });
    await recordAuditEvent(transaction, context, {
      chain: instanceChain,
      action: 'account.other_sessions_ended',
      target: { type: 'user', id: actor.userId },
      data: { ended: ended.length },
    });
    return { ended: ended.length };
  });
}

/** Signs the user out everywhere, here too, and returns the cookie that clears this session. */
export async function signOutEverywhere(
  context: UserContext,
  cookies: string,
  secure: boolean,
): Promise<string> {
  const { actor } = context;
  requireFreshSession(actor);
  return context.database.transaction(async (transaction) => {
    const cookie = await openSessions(transaction, secure).end(cookies);
    const others = await transaction
      .delete(sessions)
      .where(eq(sessions.userId, actor.userId))
      .returning({ session: sessions.idHash });
    await recordAuditEvent(transaction, context, {
      chain: instanceChain,
      action: 'account.signed_out_everywhere',
      target: { type: 'user', id: actor.userId },
      data: { ended: others.length + 1 },
    });
    return cookie;
  });
}
