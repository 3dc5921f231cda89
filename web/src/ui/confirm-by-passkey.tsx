import { Button } from '@mantine/core';
import { askPasskey } from '../lib/passkeys.ts';
import { trpc } from '../lib/trpc.ts';
import { FailureNotice } from './failure-notice.tsx';
import { usePasskey } from './use-passkey.ts';

/** Confirms by a passkey in the place of the password. */
export function ConfirmByPasskey({ onConfirmed }: { onConfirmed: () => void }) {
  const offer = trpc.account.passkeys.offerConfirmation.useMutation();
  const confirm = trpc.account.passkeys.confirm.useMutation();
  const { isPending, failure, run } = usePasskey();
  const begin = () =>
    run(async () => {
      const { options } = await offer.mutateAsync();
      await confirm.mutateAsync({ answer: await askPasskey(options) });
      onConfirmed();
    });
  return (
    <>
      {failure !== null && <FailureNotice failure={failure} />}
      <Button variant="default" loading={isPending} onClick={() => void begin()}>
        Use a passkey
      </Button>
    </>
  );
}
