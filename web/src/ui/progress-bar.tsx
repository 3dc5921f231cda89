import { type ReactNode, useId } from 'react';
import classes from './progress-bar.module.css';

interface ProgressBarProps {
  /** Left out where nobody knows how much there is. */
  value?: number;
  max?: number;
  /** What is being done, and how far it is. */
  children: ReactNode;
}

/** How far long work is. */
export function ProgressBar({ value, max, children }: ProgressBarProps) {
  const labelId = useId();
  return (
    <div>
      <p id={labelId} className={classes.label}>
        {children}
      </p>
      <progress className={classes.bar} aria-labelledby={labelId} max={max} value={value} />
    </div>
  );
}
