import { type ReactNode, useState } from 'react';
import { toFailure } from '../../../lib/failure.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { notifyFailure } from '../../../ui/notify-failure.ts';
import { ConfirmPasswordForm } from './confirm-password-form.tsx';

interface Confirmation {
  /** What a refused mutation is handed to: where the password is asked for again, `retry` follows it. */
  onRefused: (error: unknown, retry: () => void) => void;
  dialog: ReactNode;
}

/** Asks for the password where the server wants to hear it again, and then does what was asked. */
export function useConfirmation(): Confirmation {
  // In an object: a function as state would be called.
  const [waiting, setWaiting] = useState<{ retry: () => void } | null>(null);
  return {
    onRefused(error, retry) {
      if (toFailure(error).code === 'confirmation_required') {
        setWaiting({ retry });
      } else {
        void notifyFailure(error);
      }
    },
    dialog: (
      <Dialog
        title="Confirm your password"
        isOpen={waiting !== null}
        onClose={() => setWaiting(null)}
      >
        <ConfirmPasswordForm
          onCancel={() => setWaiting(null)}
          onConfirmed={() => {
            setWaiting(null);
            waiting?.retry();
          }}
        />
      </Dialog>
    ),
  };
}
