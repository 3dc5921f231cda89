import type { Standing } from './standing.ts';

const usualMs = 5_000;
const soonMs = 1_500;

/**
 * In how many milliseconds to ask again: often while an attempt is due within a minute, else as often as new
 * messages are worth it. The browser asks while the page is seen alone.
 */
export function refetchEvery(waiting: Pick<Standing, 'pending' | 'nextAttemptAt'> | null): number {
  if (waiting === null || waiting.pending === 0) {
    return usualMs;
  }
  // What was just written is not yet in the queue, and is due at once.
  const { nextAttemptAt } = waiting;
  const isSoon = nextAttemptAt === null || Date.parse(nextAttemptAt) < Date.now() + 60_000;
  return isSoon ? soonMs : usualMs;
}
