import { secretChecksumLength, secretRandomLength } from '@keyward/shared/secret-format';

export const redacted = '[redacted]';

const tailLength = secretRandomLength + secretChecksumLength;
// Whatever its prefix, and whether its checksum is right or not. In JSON it leaves an escape whole that stands
// right before: the n of a line break is no part of a prefix.
const secretLike = new RegExp(
  `(?<!\\\\|\\\\u[0-9a-f]{0,3})[a-z0-9_]{1,64}_[0-9A-Za-z]{${tailLength},}`,
  'g',
);

/** A text without what looks like a secret of a key: what strangers wrote is kept, and what they leaked is not. */
export function redactSecrets(text: string): string {
  return text.replace(secretLike, redacted);
}
