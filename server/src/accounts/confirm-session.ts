import { eq, sql } from 'drizzle-orm';
import { instanceChain, recordAuditEvent } from '../audit/record-audit-event.ts';
import type { Context, UserActor } from '../context.ts';
import type { Transaction } from '../database/connect-database.ts';
import { sessions } from '../database/schema/accounts.ts';
import type { Shown } from './start-session.ts';

/** Makes the session fresh, once its user has shown again who they are: for 15 minutes it may do what is sensitive. */
export async function confirmSession(
  context: Context & { actor: UserActor; database: Transaction },
  { by }: Pick<Shown, 'by'> = {},
): Promise<void> {
  const { actor, database } = context;
  await database
    .update(sessions)
    .set({ confirmedAt: sql`now()` })
    .where(eq(sessions.idHash, actor.session?.id ?? ''));
  await recordAuditEvent(database, context, {
    chain: instanceChain,
    action: 'account.password_confirmed',
    target: { type: 'user', id: actor.userId },
    ...(by !== undefined && { data: { by } }),
  });
}
