import type { Receipt } from '@keyward/shared/keys';
import { Button, Title } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { Panel } from '../../../ui/panel.tsx';
import { ReceiptLine } from '../../../ui/receipt-line.tsx';
import { useKey } from '../key-context.ts';
import classes from './allowlist-panel.module.css';

interface AllowlistPanelProps {
  mayChange: boolean;
  /** Whether by more than narrowing it. */
  mayLoosen: boolean;
  /** Of the last change that was made here. */
  receipt: Receipt | null;
  onEdit: () => void;
  onRemove: () => void;
}

/** From where the key may be used. */
export function AllowlistPanel({
  mayChange,
  mayLoosen,
  receipt,
  onEdit,
  onRemove,
}: AllowlistPanelProps) {
  const { ipAllowlist, status } = useKey();
  const heading = useRef<HTMLHeadingElement>(null);
  const isLocked = ipAllowlist.length > 0;
  useEffect(() => {
    // The button that opened the dialog may be gone with what it changed. The dialog has to be gone too:
    // until then nothing behind it takes the focus.
    if (receipt !== null) {
      requestAnimationFrame(() => heading.current?.focus());
    }
  }, [receipt]);
  return (
    <section aria-labelledby="allowed">
      <div className={classes.heading}>
        <Title order={2} id="allowed" ref={heading} tabIndex={-1}>
          Allowed addresses
        </Title>
        {mayChange && (
          <div className={classes.actions}>
            {isLocked && mayLoosen && (
              <Button variant="default" onClick={onRemove}>
                Remove the lock
              </Button>
            )}
            <Button variant="default" onClick={onEdit}>
              {isLocked ? 'Edit the list' : 'Write a list'}
            </Button>
          </div>
        )}
      </div>
      <Panel>
        <p className={classes.text}>
          {isLocked
            ? 'Calls from any other address are refused.'
            : 'Calls may come from any address. A key that is locked to yours is of no use to whoever copies it.'}
        </p>
        {isLocked && (
          <ul className={classes.entries} aria-label="Allowed addresses">
            {ipAllowlist.map((entry) => (
              <li key={entry}>
                <code>{entry}</code>
              </li>
            ))}
          </ul>
        )}
        {!mayChange && (
          <p className={classes.note}>
            {status === 'revoked'
              ? 'The key is revoked: nothing of it can be changed.'
              : 'Only owners and admins change this: ask one of them.'}
          </p>
        )}
        {mayChange && !mayLoosen && (
          <p className={classes.note}>
            {isLocked
              ? 'You can narrow the list. Only owners and admins allow further addresses: ask one of them.'
              : 'Once it is locked, only owners and admins allow further addresses again.'}
          </p>
        )}
        <p role="status" className={receipt === null ? 'visually-hidden' : classes.receipt}>
          {receipt !== null && <ReceiptLine what="In force" receipt={receipt} />}
        </p>
      </Panel>
    </section>
  );
}
