import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import {
  base62,
  secretChecksumLength,
  secretMaximumLength,
  secretRandomLength,
} from '@keyward/shared/secret-format';

const tailLength = secretRandomLength + secretChecksumLength;
const tailPattern = new RegExp(`^[0-9A-Za-z]{${tailLength}}$`);

/** The last six characters of a secret: CRC-32 of all that stands before, in base62. */
export function secretChecksum(body: string): string {
  let rest = crc32(body);
  let text = '';
  for (let position = 0; position < secretChecksumLength; position += 1) {
    text = base62.charAt(rest % base62.length) + text;
    rest = Math.floor(rest / base62.length);
  }
  return text;
}

/**
 * The SHA-256 under which a secret is stored, or null for a string that cannot be one of ours.
 * A typing error or noise is refused here, without a look-up.
 */
export function parseSecret(plaintextSecret: string): Buffer | null {
  if (
    plaintextSecret.length <= tailLength ||
    plaintextSecret.length > secretMaximumLength ||
    !tailPattern.test(plaintextSecret.slice(-tailLength))
  ) {
    return null;
  }
  const body = plaintextSecret.slice(0, -secretChecksumLength);
  return secretChecksum(body) === plaintextSecret.slice(-secretChecksumLength)
    ? hashSecret(plaintextSecret)
    : null;
}

export function hashSecret(plaintextSecret: string): Buffer {
  return createHash('sha256').update(plaintextSecret).digest();
}
