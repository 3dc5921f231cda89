import type { ReactNode } from 'react';
import classes from './bulk.module.css';

/** A list that may be longer than its room. It takes the focus, so that the keyboard scrolls it too. */
export function ScrollFrame({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
    <section aria-label={label} tabIndex={0} className={classes.frame}>
      {children}
    </section>
  );
}
