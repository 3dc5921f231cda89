import { Button } from '@mantine/core';
import { IconFingerprint } from '@tabler/icons-react';
import { askPasskey } from '../../lib/passkeys.ts';
import { trpc } from '../../lib/trpc.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { usePasskey } from '../../ui/use-passkey.ts';

interface PasskeySignInProps {
  /** Of the second step; null where the passkey is the only one. */
  challenge: string | null;
  variant: 'default' | 'filled';
  onSignedIn: () => void;
}

/** Signs in by a passkey, alone or in the place of a code. */
export function PasskeySignIn({ challenge, variant, onSignedIn }: PasskeySignInProps) {
  const offer = trpc.account.passkeys.offerSignIn.useMutation();
  const signIn = trpc.account.passkeys.signIn.useMutation();
  const { isPending, failure, run } = usePasskey();
  const ofChallenge = challenge === null ? {} : { challenge };
  const begin = () =>
    run(async () => {
      const { options } = await offer.mutateAsync(ofChallenge);
      await signIn.mutateAsync({ answer: await askPasskey(options), ...ofChallenge });
      onSignedIn();
    });
  return (
    <>
      {failure !== null && <FailureNotice failure={failure} />}
      <Button
        variant={variant}
        leftSection={<IconFingerprint size={18} aria-hidden="true" />}
        loading={isPending}
        onClick={() => void begin()}
      >
        {challenge === null ? 'Sign in with a passkey' : 'Use a passkey'}
      </Button>
    </>
  );
}
