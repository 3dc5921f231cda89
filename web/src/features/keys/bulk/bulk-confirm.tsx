import type { Key } from '@keyward/shared/keys';
import { Button, Group, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { KeyOwner } from '../key-owner.tsx';
import { LastUsed } from '../last-used.tsx';
import { MaskedSecret } from '../masked-secret.tsx';
import classes from './bulk.module.css';
import { type BulkAction, bulkActions, countKeys } from './bulk-actions.ts';

interface BulkConfirmProps {
  action: BulkAction;
  targets: readonly Key[];
  /** How many of the selected keys the action is not for. */
  leftOut: number;
  onConfirm: () => void;
  onCancel: () => void;
}

/** What will happen, and to which keys. */
export function BulkConfirm({ action, targets, leftOut, onConfirm, onCancel }: BulkConfirmProps) {
  const { label, effect, done } = bulkActions[action];
  const [typed, setTyped] = useState('');
  const phrase = `revoke ${countKeys(targets.length)}`;
  const isTyped = action === 'revoke' && targets.length > 1;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onConfirm();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <p className={classes.text}>{effect}</p>
        {leftOut > 0 && (
          <p className={classes.note}>
            {countKeys(leftOut)} of the selection {leftOut === 1 ? 'is' : 'are'} left out: only{' '}
            {action === 'resume' ? 'suspended' : 'active'} keys can be {done}.
          </p>
        )}
        <section className={classes.frame} aria-label={`Keys to be ${done}`}>
          <ul className={classes.keys}>
            {targets.map((key) => (
              <li key={key.id}>
                <span className={classes.name}>{key.name}</span>
                <span className={classes.used}>
                  <LastUsed apiKey={key} />
                </span>
                <MaskedSecret apiKey={key} />
                <span className={classes.owner}>
                  <KeyOwner apiKey={key} />
                </span>
              </li>
            ))}
          </ul>
        </section>
        {isTyped && (
          <TextInput
            label={`Type “${phrase}” to confirm`}
            autoComplete="off"
            data-autofocus
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        )}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button
            type="submit"
            {...(action === 'revoke' && { color: 'red' })}
            data-autofocus={isTyped ? undefined : true}
            disabled={isTyped && typed.trim().toLowerCase() !== phrase}
          >
            {label} {countKeys(targets.length)}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
