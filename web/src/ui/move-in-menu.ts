import type { KeyboardEvent } from 'react';

/** Leads the arrow keys, Home and End through the items of a menu, and out of it with Tab: for onKeyDown. */
export function moveInMenu(event: KeyboardEvent<HTMLElement>): void {
  const menu = event.currentTarget;
  if (event.key === 'Tab') {
    menu.hidePopover();
    return;
  }
  const items = [...menu.querySelectorAll<HTMLElement>('[role^="menuitem"]:not([disabled])')];
  const current = items.findIndex((item) => item.matches(':focus'));
  const next = nextOf(event.key, current, items.length);
  if (next !== null) {
    event.preventDefault();
    items.at(next)?.focus();
  }
}

function nextOf(key: string, current: number, count: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return (current + 1) % count;
    case 'ArrowUp':
      return current - 1;
    case 'Home':
      return 0;
    case 'End':
      return -1;
    default:
      return null;
  }
}
