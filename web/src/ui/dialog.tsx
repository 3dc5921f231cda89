import { CloseButton, Title } from '@mantine/core';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import classes from './dialog.module.css';
import { wrapFocus } from './wrap-focus.ts';

interface DialogProps {
  title: string;
  isOpen: boolean;
  /** Something runs in it: an Escape by accident does not close it. */
  isBusy?: boolean;
  onClose: () => void;
  /** For a form of many fields. */
  isWide?: boolean;
  /** Made anew at each opening. The element with `data-autofocus` takes the focus first. */
  children: ReactNode;
}

/**
 * A question that has to be answered first. The browser's own modal dialog: it makes the rest of the
 * page inert, closes on Escape, and gives the focus back.
 */
export function Dialog({
  title,
  isOpen,
  isBusy = false,
  onClose,
  isWide = false,
  children,
}: DialogProps) {
  const element = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const dialog = element.current;
    if (dialog === null || dialog.open === isOpen) {
      return;
    }
    if (isOpen) {
      dialog.showModal();
      dialog.querySelector<HTMLElement>('[data-autofocus]')?.focus();
    } else {
      dialog.close();
    }
  }, [isOpen]);
  return (
    <dialog
      ref={element}
      aria-labelledby={titleId}
      className={classes.root}
      data-wide={isWide || undefined}
      onClose={onClose}
      onCancel={(event) => isBusy && event.preventDefault()}
      onKeyDown={wrapFocus}
    >
      {isOpen && (
        <>
          <div className={classes.heading}>
            <Title order={2} id={titleId}>
              {title}
            </Title>
            {!isBusy && <CloseButton aria-label="Close" onClick={onClose} />}
          </div>
          {children}
        </>
      )}
    </dialog>
  );
}
