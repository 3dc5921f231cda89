/**
 * A secret is its prefix, 32 random base62 characters (190 bits), and 6 base62 characters of
 * CRC-32 over all that stands before. It is parsed from the right: prefixes may hold anything.
 */
export const secretRandomLength = 32;
export const secretChecksumLength = 6;

/** Longer strings are never a secret; it bounds what is hashed for strangers. */
export const secretMaximumLength = 512;

/** A prefix ends in an underscore, so that a reader sees where the random part begins. */
export const secretPrefixPattern = /^[a-z][a-z0-9]*(_[a-z0-9]+)*_$/;
