import { randomBytes } from 'node:crypto';

/** A name that no other test has: `Acme 3f9c01ab`. */
export function uniqueName(of: string): string {
  return `${of}-${randomBytes(4).toString('hex')}`;
}
