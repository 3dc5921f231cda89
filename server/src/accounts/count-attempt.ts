import type { Context } from '../context.ts';
import { countGuess } from './count-guess.ts';
import { type Attempt, attemptCounter, mailCounter, networkOf } from './guess-limits.ts';
import { tooManyAttempts } from './too-many-attempts.ts';

/** Counts what anybody may ask for, and refuses it where the caller's network has asked for too much. */
export async function countAttempt(context: Context, what: Attempt): Promise<void> {
  const counter = attemptCounter(what, networkOf(context.address) ?? 'unknown');
  const refusal = await context.database.transaction(async (transaction) =>
    (await countGuess(transaction, counter))
      ? null
      : tooManyAttempts(transaction, counter, 'too much was asked from your network'),
  );
  if (refusal !== null) {
    throw refusal;
  }
}

/** Whether one more mail may go to an address that a stranger typed. */
export function hasRoomForMail(context: Context, email: string): Promise<boolean> {
  return context.database.transaction((transaction) => countGuess(transaction, mailCounter(email)));
}
