import type { ReactNode } from 'react';
import classes from './panel.module.css';

/** A surface that holds one matter together. */
export function Panel({
  children,
  className,
}: {
  children: ReactNode;
  className?: string | undefined;
}) {
  return <div className={[classes.root, className].filter(Boolean).join(' ')}>{children}</div>;
}
