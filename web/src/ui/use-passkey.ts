import { useState } from 'react';
import { type Failure, toFailure } from '../lib/failure.ts';
import { NoPasskey } from '../lib/passkeys.ts';

const notGiven = (detail: string): Failure => ({
  code: null,
  title: 'No passkey',
  detail,
  requestId: null,
  issues: [],
  mayPass: false,
});

/** Runs what asks for a passkey, and says whether it runs and why it failed. */
export function usePasskey() {
  const [isPending, setPending] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const run = async (steps: () => Promise<void>) => {
    setPending(true);
    setFailure(null);
    try {
      await steps();
    } catch (error) {
      if (error instanceof NoPasskey) {
        setFailure(notGiven(error.message));
      } else {
        setFailure(toFailure(error));
      }
    } finally {
      setPending(false);
    }
  };
  return { isPending, failure, run };
}
