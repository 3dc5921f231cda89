import { Button } from '@mantine/core';
import { useState } from 'react';
import { trpc } from '../../../lib/trpc.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { notifyFailure } from '../../../ui/notify-failure.ts';
import classes from './forms.module.css';
import { RecoveryCodes } from './recovery-codes.tsx';
import { Section } from './section.tsx';

/** How many recovery codes are left, and new ones. For accounts with a second factor. */
export function RecoverySection() {
  const factor = trpc.account.secondFactor.get.useQuery();
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const renew = trpc.account.secondFactor.renewRecoveryCodes.useMutation({
    gcTime: 0,
    onSuccess: ({ recoveryCodes }) => {
      setCodes(recoveryCodes);
      void factor.refetch();
    },
    onError: notifyFailure,
  });
  const close = () => setCodes(null);
  if (factor.data?.isOn !== true) {
    return null;
  }
  return (
    <Section
      title="Recovery codes"
      description="Each signs you in once in the place of your second factor, where that is lost."
    >
      <p className={classes.facts}>{describeLeft(factor.data.recoveryCodesLeft)}</p>
      <Button variant="default" loading={renew.isPending} onClick={() => renew.mutate()}>
        New recovery codes
      </Button>
      <Dialog title="Keep your recovery codes" isOpen={codes !== null} onClose={close}>
        {codes !== null && <RecoveryCodes codes={codes} onDone={close} />}
      </Dialog>
    </Section>
  );
}

function describeLeft(left: number): string {
  if (left === 0) {
    return 'No recovery codes are left: make new ones, or a lost device locks you out.';
  }
  return left === 1 ? 'One recovery code is left.' : `${left} recovery codes are left.`;
}
