import type { FocusEvent, ReactNode } from 'react';
import classes from './hint.module.css';
import { useBubble } from './use-bubble.ts';

interface HintProps {
  /** Null for no hint. */
  label: ReactNode;
  /** One element that takes focus or holds what does: by keyboard too the hint is to be reached. */
  children: ReactNode;
}

/**
 * An explanation beside what it explains, by pointer, keyboard and touch. It is for the eye alone:
 * what it says, its child says to screen readers.
 */
export function Hint({ label, children }: HintProps) {
  const { anchor, bubble, show, hide } = useBubble();
  const showForKeyboard = ({ target }: FocusEvent) => target.matches(':focus-visible') && show();
  if (label === null) {
    return children;
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it explains what it holds, and does nothing itself
    <span
      ref={anchor}
      className={classes.anchor}
      onPointerEnter={show}
      onPointerLeave={hide}
      onFocus={showForKeyboard}
      onBlur={hide}
    >
      {children}
      <span ref={bubble} popover="manual" role="tooltip" className={classes.bubble}>
        {label}
      </span>
    </span>
  );
}
