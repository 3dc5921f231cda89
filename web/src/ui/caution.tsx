import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './caution.module.css';

/** What to think of before going on. */
export function Caution({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div role="note" className={classes.root}>
      <IconAlertTriangle size={18} className={classes.icon} aria-hidden="true" />
      <div>
        <p className={classes.title}>{title}</p>
        <div>{children}</div>
      </div>
    </div>
  );
}
