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

/** By what somebody has shown who they are. */
export interface Shown {
  /** In the place of the password. */
  by?: 'passkey' | 'provider';
  /** Beside the password; null for nothing. */
  secondFactor: 'authenticator' | 'recovery_code' | 'passkey' | 'provider' | null;
  /** When, where it was not just now; null where nobody knows. */
  shownAt?: Date | null;
}

/** Starts a session of a user who has shown who they are, and records by what. */
export async function startSession(
  context: Context & { database: Transaction },
  { id, email, name, isOperator }: typeof users.$inferSelect,
  secure: boolean,
  { by, secondFactor, shownAt }: Shown,
): Promise<SignedIn> {
  const actor: UserActor = { type: 'user', userId: id, email, name, isOperator };
  const sessions = openSessions(context.database, secure);
  const cookie = await sessions.start(id, context, secondFactor !== null, shownAt);
  await recordAuditEvent(
    context.database,
    { ...context, actor },
    {
      chain: instanceChain,
      action: 'account.signed_in',
      target: { type: 'user', id },
      data: {
        ...(by !== undefined && { by }),
        ...(secondFactor !== null && { secondFactor }),
      },
    },
  );
  return { actor, cookie };
}
