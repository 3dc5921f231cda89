import { eq, sql } from 'drizzle-orm';
import { instanceChain, recordAuditEvent } from '../audit/record-audit-event.ts';
import type { Context, UserActor } from '../context.ts';
import { sessions } from '../database/schema/accounts.ts';
import { checkOwnPassword } from './check-own-password.ts';

/** Makes the session fresh: for 15 minutes it may do what is sensitive. */
export async function confirmPassword(
  context: Context & { actor: UserActor },
  password: string,
): Promise<void> {
  const { actor } = context;
  await checkOwnPassword(context, password);
  await context.database.transaction(async (transaction) => {
    await transaction
      .update(sessions)
      .set({ confirmedAt: sql`now()` })
      .where(eq(sessions.idHash, actor.session?.id ?? ''));
    await recordAuditEvent(transaction, context, {
      chain: instanceChain,
      action: 'account.password_confirmed',
      target: { type: 'user', id: actor.userId },
    });
  });
}
