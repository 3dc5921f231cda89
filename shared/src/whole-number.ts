import { z } from 'zod';

const advice = 'Write a whole number in digits, such as 50.';

/**
 * A whole number of an address's query, where it is text, or of JSON. In digits alone: `Number` would also
 * take 0x10, 1e1, and blanks for 0.
 */
export function wholeNumber(minimum: number, maximum: number) {
  return z.preprocess(
    (value) => (typeof value === 'string' && /^\d{1,10}$/.test(value) ? Number(value) : value),
    z.int(advice).min(minimum).max(maximum),
  );
}

/** The same where it may be left out. JSON Schema forgets the default of what is read from text, so it is said again. */
export function wholeNumberOr(fallback: number, minimum: number, maximum: number) {
  return wholeNumber(minimum, maximum)
    .default(fallback)
    .meta({ override: { default: fallback } });
}
