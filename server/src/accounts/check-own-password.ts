import { DomainError } from '@keyward/shared/errors';
import type { Context, UserActor } from '../context.ts';
import { findByPassword } from './sign-in.ts';
import { tryGuess } from './try-guess.ts';

/** Refuses a password that is not the user's own. Throttled as sign-in is, and together with it. */
export async function checkOwnPassword(
  context: Context & { actor: UserActor },
  password: string,
): Promise<void> {
  const { email } = context.actor;
  const guess = { what: 'password', account: email } as const;
  const user = await tryGuess(context, guess, () => findByPassword(context, { email, password }));
  if (user === null) {
    throw new DomainError('wrong_credentials', 'This is not your present password: try again.');
  }
}
