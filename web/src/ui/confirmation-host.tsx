import { useSyncExternalStore } from 'react';
import { confirmationWanted, settleConfirmation } from '../lib/confirmation.ts';
import { ConfirmPasswordForm } from './confirm-password-form.tsx';
import { Dialog } from './dialog.tsx';

/** Where the password is asked for again, when a call needs it. */
export function ConfirmationHost() {
  const isWanted = useSyncExternalStore(confirmationWanted.subscribe, confirmationWanted.get);
  const cancel = () => settleConfirmation(false);
  return (
    <Dialog title="Confirm your password" isOpen={isWanted} onClose={cancel}>
      <ConfirmPasswordForm onConfirmed={() => settleConfirmation(true)} onCancel={cancel} />
    </Dialog>
  );
}
