import type { Receipt } from '@keyward/shared/keys';
import { Button, Group, Stack } from '@mantine/core';
import { useId, useState } from 'react';
import { toFailure } from '../../../lib/failure.ts';
import { CheckBox } from '../../../ui/check-box.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { useKey } from '../key-context.ts';
import classes from './remove-lock-dialog.module.css';
import { useSaveAllowlist } from './use-save-allowlist.ts';

interface RemoveLockDialogProps {
  isOpen: boolean;
  onClose: () => void;
  onSaved: (receipt: Receipt) => void;
}

export function RemoveLockDialog({ isOpen, onClose, onSaved }: RemoveLockDialogProps) {
  return (
    <Dialog title="Remove the lock" isOpen={isOpen} onClose={onClose}>
      <RemoveLockForm onCancel={onClose} onSaved={onSaved} />
    </Dialog>
  );
}

function RemoveLockForm({
  onCancel,
  onSaved,
}: {
  onCancel: () => void;
  onSaved: (receipt: Receipt) => void;
}) {
  const { name, ipAllowlist } = useKey();
  const confirmId = useId();
  const [isConfirmed, setConfirmed] = useState(false);
  const { save, update } = useSaveAllowlist(onSaved);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save([]);
      }}
    >
      <Stack gap="md">
        <p className={classes.text}>
          {ipAllowlist.length === 1
            ? 'Its one entry is forgotten.'
            : `Its ${ipAllowlist.length} entries are forgotten.`}{' '}
          Whoever has the secret can then use {name} from anywhere.
        </p>
        {update.isError && <FailureNotice failure={toFailure(update.error)} />}
        <label htmlFor={confirmId} className={classes.confirm}>
          <CheckBox id={confirmId} checked={isConfirmed} onChange={setConfirmed} data-autofocus />
          <span>Allow calls from every address.</span>
        </label>
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" color="red" disabled={!isConfirmed} loading={update.isPending}>
            Remove the lock
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
