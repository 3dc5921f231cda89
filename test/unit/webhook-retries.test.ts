import { judgeAnswer, retryDelays } from '@keyward/server/webhooks/delivery/judge-answer';
import { describe, expect, test } from 'vitest';

const now = new Date('2026-11-21T12:00:00Z');
const answer = (statusCode: number | null, retryAfter: string | null = null) => ({
  statusCode,
  error: statusCode === 200 ? null : 'It failed.',
  retryAfter,
});
const retryIn = (
  attempts: number,
  retryAfter: string | null = null,
  chance = 0,
): number | string => {
  const verdict = judgeAnswer(answer(503, retryAfter), attempts, now, chance);
  return verdict.status === 'pending' ? verdict.retryInSeconds : verdict.status;
};

describe('after a failed attempt', () => {
  test('the next follows the schedule of Standard Webhooks, and after the tenth none', () => {
    const delays = Array.from({ length: 10 }, (_, index) => retryIn(index + 1));
    expect(delays).toEqual([...retryDelays, 'failed']);
    const hours = retryDelays.reduce((sum, seconds) => sum + seconds, 0) / 3600;
    expect(hours).toBeCloseTo(75 + 35 / 60, 1);
  });

  test('it is spread by up to a tenth', () => {
    expect(retryIn(2, null, 0.5)).toBeCloseTo(315);
    expect(retryIn(2, null, 1)).toBeCloseTo(330);
  });

  test('a receiver may ask for more time, in seconds or by a date, and for no more than a day', () => {
    expect(retryIn(1, '120')).toBe(120);
    expect(retryIn(1, 'Sat, 21 Nov 2026 12:02:00 GMT')).toBe(120);
    expect(retryIn(2, '1')).toBe(300);
    expect(retryIn(1, 'Sat, 21 Nov 2026 11:00:00 GMT')).toBe(5);
    expect(retryIn(1, '999999999')).toBeLessThan(100_000);
    for (const nonsense of ['', 'soon', '-5', '1e9', '99999999999999999999']) {
      expect(retryIn(1, nonsense), nonsense).toBe(5);
    }
  });

  test('410 is the end, and an end that says so', () => {
    expect(judgeAnswer(answer(410), 1, now, 0)).toEqual({ status: 'failed', isGone: true });
    expect(judgeAnswer(answer(404), 10, now, 0)).toEqual({ status: 'failed', isGone: false });
  });
});

test('a success needs no other attempt', () => {
  expect(judgeAnswer(answer(200), 3, now, 0)).toEqual({ status: 'succeeded' });
});
