import { useSyncExternalStore } from 'react';
import { confirmationWanted, settleConfirmation } from '../lib/confirmation.ts';
import { ConfirmPasswordForm } from './confirm-password-form.tsx';
import { Dialog } from './dialog.tsx';

const confirm = () => settleConfirmation(true);
const cancel = () => settleConfirmation(false);

/** Where somebody shows again that it is them, when a call needs it. */
export function ConfirmationHost() {
  const isWanted = useSyncExternalStore(confirmationWanted.subscribe, confirmationWanted.get);
  return (
    <Dialog title="Confirm that it is you" isOpen={isWanted} onClose={cancel}>
      <ConfirmPasswordForm onConfirmed={confirm} onCancel={cancel} />
    </Dialog>
  );
}
