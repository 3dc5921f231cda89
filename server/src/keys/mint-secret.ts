import { randomInt } from 'node:crypto';
import { base62 } from '@keyward/shared/base62';
import { secretRandomLength } from '@keyward/shared/secret-format';
import { hashSecret, secretChecksum } from '../verification/parse-secret.ts';

export interface MintedSecret {
  /** Shown once, stored never. */
  plaintextSecret: string;
  secretHash: Buffer;
  start: string;
  last4: string;
}

/** A new secret: prefix, 190 random bits, checksum. */
export function mintSecret(prefix: string): MintedSecret {
  let body = prefix;
  for (let position = 0; position < secretRandomLength; position += 1) {
    body += base62.charAt(randomInt(base62.length));
  }
  const plaintextSecret = body + secretChecksum(body);
  return {
    plaintextSecret,
    secretHash: hashSecret(plaintextSecret),
    start: prefix,
    last4: plaintextSecret.slice(-4),
  };
}
