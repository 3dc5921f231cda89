import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './editor-layout.module.css';

interface EditorBarProps {
  /** What stands between the form and what is saved, in words. */
  state: string;
  /** Of the fields that were found wrong. */
  faults: number;
  onDiscard?: (() => void) | undefined;
  children: ReactNode;
}

/** Where one stands, and the buttons that end it: in view wherever the form is scrolled. */
export function EditorBar({ state, faults, onDiscard, children }: EditorBarProps) {
  return (
    <div className={classes.bar}>
      <p role="status" className={classes.state} data-wrong={faults > 0 || undefined}>
        {faults > 0
          ? `${faults === 1 ? 'One field needs' : `${faults} fields need`} another look`
          : state}
      </p>
      <div className={classes.buttons}>
        {onDiscard && (
          <Button variant="default" onClick={onDiscard}>
            Discard
          </Button>
        )}
        {children}
      </div>
    </div>
  );
}
