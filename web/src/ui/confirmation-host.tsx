import { lazy, Suspense, useSyncExternalStore } from 'react';
import { confirmationWanted, settleConfirmation } from '../lib/confirmation.ts';
import { Dialog } from './dialog.tsx';

const ConfirmPasswordForm = lazy(async () => ({
  default: (await import('./confirm-password-form.tsx')).ConfirmPasswordForm,
}));

/** Where the password is asked for again, when a call needs it. */
export function ConfirmationHost() {
  const isWanted = useSyncExternalStore(confirmationWanted.subscribe, confirmationWanted.get);
  const cancel = () => settleConfirmation(false);
  return (
    <Dialog title="Confirm your password" isOpen={isWanted} onClose={cancel}>
      <Suspense>
        <ConfirmPasswordForm onConfirmed={() => settleConfirmation(true)} onCancel={cancel} />
      </Suspense>
    </Dialog>
  );
}
