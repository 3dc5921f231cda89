import { type ComponentPropsWithoutRef, useEffect, useRef } from 'react';
import classes from './check-box.module.css';

interface CheckBoxProps extends Omit<ComponentPropsWithoutRef<'input'>, 'type' | 'onChange'> {
  isPartial?: boolean;
  /** Why it cannot be changed. It keeps its place in the tab order, so that the reason can be heard. */
  isRefused?: boolean;
  onChange: (isChecked: boolean) => void;
}

/** A checkbox of the browser's own, in our clothes. */
export function CheckBox({
  isPartial = false,
  isRefused = false,
  onChange,
  className,
  ...props
}: CheckBoxProps) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (input.current !== null) {
      input.current.indeterminate = isPartial;
    }
  }, [isPartial]);
  return (
    <input
      {...props}
      ref={input}
      type="checkbox"
      className={[classes.root, className].filter(Boolean).join(' ')}
      aria-disabled={isRefused || undefined}
      onChange={(event) => !isRefused && onChange(event.currentTarget.checked)}
    />
  );
}
