import { randomBytes } from 'node:crypto';
import { secretChecksum } from '@keyward/server/verification/parse-secret';
import { base62 } from '@keyward/shared/base62';
import { secretRandomLength } from '@keyward/shared/secret-format';

/** As the preset `short-links` has it. */
export const secretPrefix = 'h0p_';

/** Well-formed secrets, so that nothing refuses them before it has looked for them. */
export function makeSecrets(count: number): string[] {
  const random = randomBytes(count * secretRandomLength);
  return Array.from({ length: count }, (_, index) => {
    let body = secretPrefix;
    for (let at = index * secretRandomLength; at < (index + 1) * secretRandomLength; at += 1) {
      // Some characters come a little more often than others, which matters to an attacker alone.
      body += base62.charAt((random[at] ?? 0) % base62.length);
    }
    return body + secretChecksum(body);
  });
}
