import type { ChangePasswordInput } from '@keyward/shared/accounts';
import { DomainError, invalidField } from '@keyward/shared/errors';
import { eq } from 'drizzle-orm';
import { instanceChain, recordAuditEvent } from '../audit/record-audit-event.ts';
import type { Context, UserActor } from '../context.ts';
import { users } from '../database/schema/accounts.ts';
import { checkOwnPassword } from './check-own-password.ts';
import { endEverything } from './end-everything.ts';
import { hashPassword } from './passwords.ts';
import { openSessions } from './sessions.ts';

/**
 * Changes the password, ends every session and every half-made sign-in, and starts a new session here:
 * a stolen cookie of this one ends too. The present password in the call is its own confirmation.
 */
export async function changePassword(
  context: Context & { actor: UserActor },
  { present, next }: ChangePasswordInput,
  secure: boolean,
): Promise<{ cookie: string; ended: number }> {
  const { actor } = context;
  await checkOwnPassword(context, present);
  if (next === present) {
    throw invalidField('next', 'Choose a password that you do not have yet.');
  }
  const passwordHash = await hashPassword(next);
  return context.database.transaction(async (transaction) => {
    await transaction.update(users).set({ passwordHash }).where(eq(users.id, actor.userId));
    const all = await endEverything(transaction, actor.userId);
    // Ended by somebody else at the same moment, it must not live on in a new one.
    if (!all.some(({ session }) => session === actor.session?.id)) {
      throw new DomainError('not_signed_in', 'This session was ended elsewhere: sign in again.');
    }
    const cookie = await openSessions(transaction, secure).start(
      actor.userId,
      context,
      actor.session?.hasSecondFactor ?? false,
    );
    const ended = all.length - 1;
    await recordAuditEvent(transaction, context, {
      chain: instanceChain,
      action: 'account.password_changed',
      target: { type: 'user', id: actor.userId },
      data: { otherSessionsEnded: ended },
    });
    return { cookie, ended };
  });
}
