import type { KeyboardEvent } from 'react';

const focusable = 'a[href], button:enabled, input:enabled, select:enabled, textarea:enabled';

/** Leads Tab from the last control of an element to its first, and Shift Tab back: for onKeyDown. */
export function wrapFocus(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'Tab') {
    return;
  }
  const controls = [...event.currentTarget.querySelectorAll<HTMLElement>(focusable)];
  const [from, to] = event.shiftKey
    ? [controls[0], controls.at(-1)]
    : [controls.at(-1), controls[0]];
  if (document.activeElement === from && to !== undefined) {
    event.preventDefault();
    to.focus();
  }
}
