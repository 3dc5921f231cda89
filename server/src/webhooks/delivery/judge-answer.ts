import type { Answer } from './post-message.ts';

/** Seconds from one attempt to the next: the schedule that Standard Webhooks gives, over 75 hours. */
export const retryDelays = [
  5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400,
] as const satisfies readonly number[];

const longestDelay = 86_400;
const jitter = 0.1;

export type Verdict =
  | { status: 'succeeded' }
  | { status: 'failed'; isGone: boolean }
  | { status: 'pending'; retryInSeconds: number };

/**
 * What becomes of a delivery by the answer to its latest attempt. A receiver may ask for more time than the
 * schedule gives (`Retry-After`), not for less.
 * @param attempts made so far, this one included.
 * @param chance from 0 to 1, that spreads what failed together.
 */
export function judgeAnswer(
  { error, statusCode, retryAfter }: Pick<Answer, 'error' | 'statusCode' | 'retryAfter'>,
  attempts: number,
  now: Date,
  chance: number,
): Verdict {
  if (error === null) {
    return { status: 'succeeded' };
  }
  const delay = retryDelays[attempts - 1];
  if (statusCode === 410 || delay === undefined) {
    return { status: 'failed', isGone: statusCode === 410 };
  }
  const asked = retryAfter === null ? 0 : parseRetryAfter(retryAfter, now);
  const scheduled = delay * (1 + jitter * chance);
  return {
    status: 'pending',
    retryInSeconds: Math.min(Math.max(scheduled, asked), longestDelay * (1 + jitter)),
  };
}

/** Seconds, of either form of the header (RFC 9110, 10.2.3); 0 for any other text. */
function parseRetryAfter(text: string, now: Date): number {
  if (/^\d{1,9}$/.test(text)) {
    return Number(text);
  }
  const at = Date.parse(text);
  return Number.isNaN(at) ? 0 : Math.max(0, (at - now.getTime()) / 1000);
}
