/**
 * A secret is its prefix, 32 random base62 characters (190 bits), and 6 base62 characters of
 * CRC-32 over all that stands before. It is parsed from the right: prefixes may hold anything.
 */
export const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
export const secretRandomLength = 32;
export const secretChecksumLength = 6;

/** Longer strings are never a secret; it bounds what is hashed for strangers. */
export const secretMaximumLength = 512;

/** A prefix ends in an underscore, so that a reader sees where the random part begins. */
export const secretPrefixPattern = /^[a-z][a-z0-9]*(_[a-z0-9]+)*_$/;

/** For secret scanners: finds every secret that begins with one of the prefixes. */
export function secretPattern(prefixes: readonly string[]): string {
  const length = secretRandomLength + secretChecksumLength;
  return `\\b(?:${[...new Set(prefixes)].sort().join('|')})[0-9A-Za-z]{${length}}\\b`;
}
