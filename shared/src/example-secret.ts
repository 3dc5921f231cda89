import { secretChecksumLength, secretRandomLength } from './secret-format.ts';

const words = 'EXAMPLEonlyThisIsNoKey';

export interface SecretParts {
  prefix: string;
  random: string;
  checksum: string;
}

/**
 * What a secret with this prefix looks like, in its parts. It can never be one: six z are more than any
 * CRC-32, so that it is refused by its form and no scanner takes it for a leak.
 */
export function exampleSecret(prefix: string): SecretParts {
  return {
    prefix,
    random: words.padEnd(secretRandomLength, '0'),
    checksum: 'z'.repeat(secretChecksumLength),
  };
}
