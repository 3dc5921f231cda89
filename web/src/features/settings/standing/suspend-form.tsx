import type { Organization } from '@keyward/shared/organizations';
import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Failure } from '../../../lib/failure.ts';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import classes from './standing-panel.module.css';

interface SuspendFormProps {
  organization: Organization;
  failure: Failure | null;
  isPending: boolean;
  onSuspend: () => void;
  onClose: () => void;
}

/** What follows from suspending an organization. Its slug has to be typed: this stops all its work. */
export function SuspendForm({
  organization: { name, slug },
  failure,
  isPending,
  onSuspend,
  onClose,
}: SuspendFormProps) {
  const [typed, setTyped] = useState('');
  const isConfirmed = typed.trim() === slug;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isConfirmed) {
          onSuspend();
        }
      }}
    >
      <Stack gap="md">
        <ul className={classes.list}>
          <li>
            Every key of {name} is refused at once, on every node. Verifiers get{' '}
            <code>ORGANIZATION_SUSPENDED</code>.
          </li>
          <li>Its members cannot see or change anything of it in the console.</li>
          <li>Nothing is lost: resume it, and the same keys work as before.</li>
        </ul>
        {failure !== null && <FailureNotice failure={failure} />}
        <TextInput
          label={
            <>
              Type <code>{slug}</code> to confirm
            </>
          }
          autoComplete="off"
          spellCheck={false}
          data-autofocus
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" color="red" disabled={!isConfirmed} loading={isPending}>
            Suspend organization
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
