import type { ReactNode } from 'react';
import classes from './status-mark.module.css';

export type Tone = 'good' | 'warn' | 'bad' | 'quiet';

/** One word on how something stands. The colour says it again, and never alone. */
export function StatusMark({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className={classes.root} data-tone={tone}>
      {children}
    </span>
  );
}
