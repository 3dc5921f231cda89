import { createHash } from 'node:crypto';
import { DomainError } from '@keyward/shared/errors';
import type { Context } from '../context.ts';
import { countGuess, secondsUntilRoom } from './count-guess.ts';
import { networkOf } from './guess-limits.ts';

const limit = 60;
const windowSeconds = 15 * 60;

/** Counts a report that came without a signature, and refuses it where too many came from one place. */
export async function throttleReports({ database, address }: Context): Promise<void> {
  const name = `report\n${networkOf(address) ?? 'unknown'}`;
  const subject = createHash('sha256').update(name).digest('hex');
  const counter = { subject, limit, windowSeconds, sparesFamiliar: false };
  if (!(await countGuess(database, counter))) {
    throw new DomainError(
      'rate_limited',
      'Too many reports came from this address: wait a little.',
      {
        retryAfterSeconds: await secondsUntilRoom(database, counter),
      },
    );
  }
}
