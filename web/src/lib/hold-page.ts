import { useEffect } from 'react';

let holders = 0;
let waiting: (() => void) | null = null;

/**
 * Keeps what leads away from the page by itself until this is gone: for what stands on it this once. A guard
 * against leaving does not suffice, which a redirect of the router goes past.
 */
export function useHoldPage(): void {
  useEffect(() => {
    holders += 1;
    return () => {
      holders -= 1;
      // Another holder may come in the same moment, in the place of this one.
      queueMicrotask(release);
    };
  }, []);
}

/** Does this now, or once nothing holds the page any more. Of several the last one is done. */
export function onceReleased(action: () => void): void {
  waiting = action;
  release();
}

function release(): void {
  if (holders === 0 && waiting !== null) {
    const action = waiting;
    waiting = null;
    action();
  }
}
