import { Button } from '@mantine/core';
import { useState } from 'react';
import { Dialog } from '../../ui/dialog.tsx';
import { ResetLinkForm } from './reset-link-form.tsx';

/** Opens the form by which an operator makes a link to set a new password. */
export function ResetLinkButton() {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        Password reset link
      </Button>
      <Dialog title="Password reset link" isOpen={isOpen} onClose={() => setOpen(false)}>
        <ResetLinkForm onDone={() => setOpen(false)} />
      </Dialog>
    </>
  );
}
