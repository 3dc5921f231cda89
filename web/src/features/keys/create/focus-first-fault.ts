import type { RefObject } from 'react';

const faulty = [
  '[aria-invalid="true"]',
  '[data-invalid] input:checked:enabled',
  '[data-invalid] input:enabled',
];

/** Puts the focus into the first field that is wrong, whose errors stand in the page. */
export function focusFirstFault(form: RefObject<HTMLElement | null>): void {
  form.current?.querySelector<HTMLElement>(faulty.join(','))?.focus();
}
