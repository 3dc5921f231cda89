import { takeFragment } from './take-fragment.ts';

let held: string | null = null;

/** The token of the link by which a new password is set, held while the page is looked at. */
export function takeResetToken(): string | null {
  held = takeFragment() ?? held;
  return held;
}
