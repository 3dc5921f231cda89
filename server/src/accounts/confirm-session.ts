import { DomainError } from '@keyward/shared/errors';
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
  const confirmed = await database
    .update(sessions)
    .set({ confirmedAt: sql`now()` })
    .where(eq(sessions.idHash, actor.session?.id ?? ''))
    .returning({ userId: sessions.userId });
  if (confirmed.length === 0) {
    throw new DomainError('not_signed_in', 'Your session has ended meanwhile: sign in again.');
  }
  await recordAuditEvent(database, context, {
    chain: instanceChain,
    action: 'account.password_confirmed',
    target: { type: 'user', id: actor.userId },
    ...(by !== undefined && { data: { by } }),
  });
}
