import type { SignUpInput } from '@keyward/shared/accounts';
import { DomainError } from '@keyward/shared/errors';
import type { Context } from '../context.ts';
import { acceptInvitation, requireInvited } from '../organizations/accept-invitation.ts';
import { countAttempt } from './count-attempt.ts';
import { createAccount, type SignUpPolicy } from './create-account.ts';
import { demoEmail } from './demo-email.ts';
import { openSessions } from './sessions.ts';
import type { SignedIn } from './start-session.ts';

/** Makes an account, lets it into the organization that invited it, and starts its first session. */
export async function signUp(
  context: Context,
  { invitation, ...input }: SignUpInput,
  { policy, secure }: { policy: SignUpPolicy; secure: boolean },
): Promise<SignedIn> {
  if (input.email === demoEmail) {
    throw new DomainError('conflict', 'This email is kept for the demo: take another.');
  }
  if (invitation === undefined) {
    await countAttempt(context, 'sign_up');
  }
  return context.database.transaction(async (transaction) => {
    const within = { ...context, database: transaction };
    if (invitation !== undefined) {
      // Asked before an account is made under a policy that may be closed to everybody else.
      await requireInvited(transaction, invitation, input.email);
    }
    const actor = await createAccount(within, input, invitation === undefined ? policy : 'open');
    if (invitation !== undefined) {
      await acceptInvitation({ ...within, actor }, invitation);
    }
    const cookie = await openSessions(transaction, secure).start(actor.userId, context);
    return { actor, cookie };
  });
}
