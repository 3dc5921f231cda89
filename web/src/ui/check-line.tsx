import { type ReactNode, useId } from 'react';
import { CheckBox } from './check-box.tsx';
import classes from './check-line.module.css';

interface CheckLineProps {
  isChecked: boolean;
  onChange: (isChecked: boolean) => void;
  children: ReactNode;
}

/** A checkbox with what it means beside it. */
export function CheckLine({ isChecked, onChange, children }: CheckLineProps) {
  const id = useId();
  return (
    <label htmlFor={id} className={classes.root}>
      <CheckBox id={id} checked={isChecked} onChange={onChange} />
      <span>{children}</span>
    </label>
  );
}
