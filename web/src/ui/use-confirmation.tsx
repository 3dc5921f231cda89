import { type ReactNode, useState } from 'react';
import { createPortal } from 'react-dom';
import { toFailure } from '../lib/failure.ts';
import { ConfirmPasswordForm } from './confirm-password-form.tsx';
import { Dialog } from './dialog.tsx';
import { notifyFailure } from './notify-failure.ts';

interface Confirmation {
  /** Whether the server refused for want of a password that was just given. */
  isAskedFor: (error: unknown) => boolean;
  /** What a refused mutation is handed to: where the password is asked for again, `retry` follows it. */
  onRefused: (error: unknown, retry: () => void) => void;
  dialog: ReactNode;
}

const isAskedFor = (error: unknown) => toFailure(error).code === 'confirmation_required';

/** Asks for the password where the server wants to hear it again, and then does what was asked. */
export function useConfirmation(): Confirmation {
  // In an object: a function as state would be called.
  const [waiting, setWaiting] = useState<{ retry: () => void } | null>(null);
  return {
    isAskedFor,
    onRefused(error, retry) {
      if (isAskedFor(error)) {
        setWaiting({ retry });
      } else {
        void notifyFailure(error);
      }
    },
    // At the end of the page: what asks may stand within a form, and a form holds no other.
    dialog: createPortal(
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
      </Dialog>,
      document.body,
    ),
  };
}
