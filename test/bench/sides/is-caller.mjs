import { createHash, timingSafeEqual } from 'node:crypto';

const sha256 = (text) => createHash('sha256').update(text).digest();

/**
 * Whether a request's caller is the one known secret. The other sides know their caller from their settings,
 * which costs them no query; Keyward looks its caller up like any key.
 * @param {string} secret
 * @returns {(header: string | undefined) => boolean}
 */
export function callerOf(secret) {
  const known = sha256(`Bearer ${secret}`);
  return (header) => header !== undefined && timingSafeEqual(sha256(header), known);
}
