import { Button } from '@mantine/core';
import { useState } from 'react';
import { Dialog } from '../../ui/dialog.tsx';
import { useConfirmation } from '../../ui/use-confirmation.tsx';
import { ResetLinkForm } from './reset-link-form.tsx';

/** Opens the form by which an operator makes a link to set a new password. */
export function ResetLinkButton() {
  const [isOpen, setOpen] = useState(false);
  const { onRefused, dialog } = useConfirmation();
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        Password reset link
      </Button>
      <Dialog title="Password reset link" isOpen={isOpen} onClose={() => setOpen(false)}>
        <ResetLinkForm onRefused={onRefused} onDone={() => setOpen(false)} />
      </Dialog>
      {dialog}
    </>
  );
}
