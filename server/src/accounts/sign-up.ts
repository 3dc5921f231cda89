import type { SignUpInput } from '@keyward/shared/accounts';
import type { Context } from '../context.ts';
import { createAccount, type SignUpPolicy } from './create-account.ts';
import { openSessions } from './sessions.ts';
import type { SignedIn } from './sign-in.ts';

/** Makes an account and starts its first session. */
export function signUp(
  context: Context,
  input: SignUpInput,
  { policy, secure }: { policy: SignUpPolicy; secure: boolean },
): Promise<SignedIn> {
  return context.database.transaction(async (transaction) => {
    const actor = await createAccount({ ...context, database: transaction }, input, policy);
    const cookie = await openSessions(transaction, secure).start(actor.userId);
    return { actor, cookie };
  });
}
