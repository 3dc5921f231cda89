import { takeFragment } from './take-fragment.ts';

let held: string | null = null;

/**
 * The token of the invitation that the address led here with, held in memory so that signing in on the way
 * does not lose it.
 */
export function takeInvitationToken(): string | null {
  held = takeFragment() ?? held;
  return held;
}
