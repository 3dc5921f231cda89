import { DomainError } from '@keyward/shared/errors';
import type { Transaction } from '../database/connect-database.ts';
import { secondsUntilRoom } from './count-guess.ts';
import type { Counter } from './guess-limits.ts';

/** The refusal of what a full window has no room for, with when it opens again. */
export async function tooManyAttempts(
  transaction: Transaction,
  counter: Counter,
  why: string,
): Promise<DomainError> {
  const retryAfterSeconds = await secondsUntilRoom(transaction, counter);
  const minutes = Math.ceil(retryAfterSeconds / 60);
  return new DomainError(
    'too_many_attempts',
    `Try again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}: ${why}.`,
    { retryAfterSeconds },
  );
}
