import { instanceChain, recordAuditEvent } from '../audit/record-audit-event.ts';
import type { Context } from '../context.ts';
import { openSessions } from './sessions.ts';

/** Ends the session behind the cookies, where there is one, and returns the cookie that clears it. */
export function signOut(context: Context, cookies: string, secure: boolean): Promise<string> {
  return context.database.transaction(async (transaction) => {
    const sessions = openSessions(transaction, secure);
    const session = await sessions.find(cookies);
    const cookie = await sessions.end(cookies);
    if (session !== null) {
      const { actor } = session;
      await recordAuditEvent(
        transaction,
        { ...context, actor },
        {
          chain: instanceChain,
          action: 'account.signed_out',
          target: { type: 'user', id: actor.userId },
        },
      );
    }
    return cookie;
  });
}
