import { redacted, redactSecrets } from '../redact-secrets.ts';

/** What may stand anywhere in a line of the log, and never as it is: each with what is left of it. */
const patterns: readonly (readonly [pattern: RegExp, left: string])[] = [
  // A header by its name, as JSON has it: an imported key has a form that nobody knows.
  [
    /"((?:proxy-)?authorization|cookie|x-api-key|password)":"(?:[^"\\]|\\.)*"/gi,
    `"$1":"${redacted}"`,
  ],
  [/\b(Bearer|Basic) +[^\s"\\,]+/gi, `$1 ${redacted}`],
  [/\b(keyward_[a-z_]+|auth_session)=[^;\s"\\]+/gi, `$1=${redacted}`],
  [/\bwhsec_[0-9A-Za-z+/=]+/g, redacted],
  [/\$argon2[^\s"\\]+/g, redacted],
  // The password in the address of a database.
  [/(\w+:\/\/[^\s"\\/:@]*:)[^\s"\\/@]+@/g, `$1${redacted}@`],
];

/**
 * A line of the log without secrets, whichever field they stand in: those of keys, of sessions and of
 * webhooks, passwords and their hashes.
 */
export function redactLog(line: string): string {
  return patterns.reduce(
    (text, [pattern, left]) => text.replace(pattern, left),
    redactSecrets(line),
  );
}
