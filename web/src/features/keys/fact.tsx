import type { ReactNode } from 'react';
import classes from './fact.module.css';

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={classes.root}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
