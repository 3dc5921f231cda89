import { z } from 'zod';

// Control characters break headers and logs, bidi overrides make a name lie about itself,
// and lone surrogates do not survive UTF-8.
const unsafeCharacters = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/** One line of text that is safe to store, to print and to put into a header after encoding. */
export function line(maximumLength: number) {
  return z
    .string()
    .trim()
    .min(1, 'Write at least one character.')
    .max(maximumLength, `Use at most ${maximumLength} characters.`)
    .refine(
      (text) => !unsafeCharacters.test(text),
      'Control characters, direction overrides and broken Unicode are not allowed.',
    );
}

/** A name in addresses and configuration: `short-links`. */
export const slug = z
  .string()
  .min(2, 'Use at least 2 characters.')
  .max(48, 'Use at most 48 characters.')
  .regex(
    /^[a-z0-9]+(-[a-z0-9]+)*$/,
    'Use lower-case letters, digits and single hyphens, such as short-links.',
  );

export const email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .pipe(z.email('Write an email address, such as ada@example.com.'));

export const timestamp = z.iso.datetime();
