import { type RefObject, useEffect, useRef } from 'react';

/**
 * Single letters that do what a button does, while the focus is within an element: whoever speaks to their
 * machine, or types a letter too many, does nothing by it elsewhere (WCAG 2.1.4).
 * @returns what to attach to that element.
 */
export function useShortcuts<Within extends HTMLElement>(
  actions: Readonly<Record<string, (() => void) | undefined>>,
): RefObject<Within | null> {
  const within = useRef<Within>(null);
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    // Not React's own event, which comes from dialogs too that stand elsewhere in the page.
    const element = within.current;
    const act = (event: KeyboardEvent) => {
      const action = latest.current[event.key.toLowerCase()];
      if (action !== undefined && !isForSomethingElse(event)) {
        event.preventDefault();
        action();
      }
    };
    element?.addEventListener('keydown', act);
    return () => element?.removeEventListener('keydown', act);
  }, []);
  return within;
}

function isForSomethingElse(event: KeyboardEvent): boolean {
  const { target } = event;
  const isTyping =
    target instanceof HTMLElement &&
    (target.isContentEditable || target.closest('input, textarea, select, [role="menu"]') !== null);
  return (
    isTyping ||
    event.defaultPrevented ||
    event.repeat ||
    event.ctrlKey ||
    event.metaKey ||
    event.altKey ||
    document.querySelector('dialog[open]') !== null
  );
}
