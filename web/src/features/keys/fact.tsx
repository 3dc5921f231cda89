import type { ReactNode } from 'react';
import classes from './fact.module.css';

interface FactProps {
  name: string;
  children: ReactNode;
  /** Where a link may lead. */
  id?: string;
  className?: string | undefined;
}

export function Fact({ name, children, id, className }: FactProps) {
  return (
    <div id={id} className={[classes.root, className].filter(Boolean).join(' ')}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
