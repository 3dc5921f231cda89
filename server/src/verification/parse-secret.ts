import { createHash, hash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { base62 } from '@keyward/shared/base62';
import {
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

/** Whether a string can be a secret that was minted here: a typing error or noise cannot. */
export function isWellFormed(plaintextSecret: string): boolean {
  return (
    plaintextSecret.length > tailLength &&
    plaintextSecret.length <= secretMaximumLength &&
    tailPattern.test(plaintextSecret.slice(-tailLength)) &&
    secretChecksum(plaintextSecret.slice(0, -secretChecksumLength)) ===
      plaintextSecret.slice(-secretChecksumLength)
  );
}

/** The SHA-256 under which a secret is stored, or null for a string that cannot be one of ours. */
export function parseSecret(plaintextSecret: string): Buffer | null {
  return isWellFormed(plaintextSecret) ? hashSecret(plaintextSecret) : null;
}

export function hashSecret(plaintextSecret: string): Buffer {
  return createHash('sha256').update(plaintextSecret).digest();
}

/** The same as a string of 32 Latin-1 characters, by which memory names it. */
export function nameSecret(plaintextSecret: string): string {
  return hash('sha256', plaintextSecret, 'binary');
}
