import type { Challenge } from '@keyward/shared/accounts';
import { takeFragment } from './take-fragment.ts';

let held: Challenge | null = null;

/** The second step that the way back from a provider leads to; null for none. Held until it is dropped. */
export function takeWaitingChallenge(): Challenge | null {
  const given = new URLSearchParams(takeFragment() ?? '');
  const token = given.get('challenge');
  if (token !== null) {
    // A + in an address's parameters is read as a space.
    const names = (given.get('factors') ?? '').split(' ');
    const factors = {
      authenticator: names.includes('authenticator'),
      passkey: names.includes('passkey'),
    };
    held = { token, factors };
  }
  return held;
}

export function dropWaitingChallenge(): void {
  held = null;
}
