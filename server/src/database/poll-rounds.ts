import { setTimeout as delay } from 'node:timers/promises';

interface Polling {
  signal: AbortSignal;
  /** How long it rests after a round that found nothing, or failed. */
  pauseMilliseconds: number;
  onError(error: unknown): void;
}

/**
 * Takes one round of work after the other until it is told to stop; the promise ends with the last round.
 * @param takeRound returns how much there was to do.
 */
export async function pollRounds(
  takeRound: () => Promise<number>,
  { signal, pauseMilliseconds, onError }: Polling,
): Promise<void> {
  while (!signal.aborted) {
    const found = await takeRound().catch((error: unknown) => {
      onError(error);
      return 0;
    });
    if (found === 0) {
      await delay(pauseMilliseconds, undefined, { signal, ref: false }).catch(() => {});
    }
  }
}
