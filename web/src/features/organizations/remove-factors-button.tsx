import { Button } from '@mantine/core';
import { useState } from 'react';
import { Dialog } from '../../ui/dialog.tsx';
import { RemoveFactorsForm } from './remove-factors-form.tsx';

/** Opens the form by which an operator takes the second factors from an account. */
export function RemoveFactorsButton() {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        Remove second factors
      </Button>
      <Dialog title="Remove second factors" isOpen={isOpen} onClose={() => setOpen(false)}>
        <RemoveFactorsForm onDone={() => setOpen(false)} />
      </Dialog>
    </>
  );
}
