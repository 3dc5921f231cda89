const usualMs = 10_000;
const soonMs = 1_500;

/**
 * In how many milliseconds to ask again: often while an attempt is due within a minute, else as often as new
 * messages are worth it. The browser asks while the page is seen alone.
 */
export function refetchEvery(nextAttemptAt: string | null): number {
  const isSoon = nextAttemptAt !== null && new Date(nextAttemptAt).getTime() < Date.now() + 60_000;
  return isSoon ? soonMs : usualMs;
}
