import { instanceChain, recordAuditEvent } from '../audit/record-audit-event.ts';
import type { Context, UserActor } from '../context.ts';
import type { Transaction } from '../database/connect-database.ts';
import type { users } from '../database/schema/accounts.ts';
import { openSessions } from './sessions.ts';

export interface SignedIn {
  actor: UserActor;
  /** The value of `Set-Cookie` that carries the new session. */
  cookie: string;
}

/** Starts a session of a user who has shown who they are, and records by what beside the password. */
export async function startSession(
  context: Context & { database: Transaction },
  { id, email, name, isOperator }: typeof users.$inferSelect,
  secure: boolean,
  secondFactor: 'authenticator' | 'recovery_code' | null,
): Promise<SignedIn> {
  const actor: UserActor = { type: 'user', userId: id, email, name, isOperator };
  const sessions = openSessions(context.database, secure);
  const cookie = await sessions.start(id, context, secondFactor !== null);
  await recordAuditEvent(
    context.database,
    { ...context, actor },
    {
      chain: instanceChain,
      action: 'account.signed_in',
      target: { type: 'user', id },
      ...(secondFactor !== null && { data: { secondFactor } }),
    },
  );
  return { actor, cookie };
}
