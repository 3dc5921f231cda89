import { Button, Skeleton, Text } from '@mantine/core';
import { useState } from 'react';
import { toFailure } from '../../../lib/failure.ts';
import { formatDate } from '../../../lib/format-time.ts';
import { trpc } from '../../../lib/trpc.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { notifyFailure } from '../../../ui/notify-failure.ts';
import { StatusMark } from '../../../ui/status-mark.tsx';
import classes from './forms.module.css';
import { RecoveryCodes } from './recovery-codes.tsx';
import { Section } from './section.tsx';
import { SetUp } from './set-up.tsx';

interface Offer {
  secret: string;
  uri: string;
}

/** The authenticator app: off, on, and the way between. */
export function SecondFactorSection({ onChanged }: { onChanged: () => void }) {
  const factor = trpc.account.secondFactor.get.useQuery();
  const passkeys = trpc.account.passkeys.list.useQuery();
  const hasPasskeys = (passkeys.data?.length ?? 0) > 0;
  // Secrets stand in the state of this section alone, and go when its dialog closes.
  const [offer, setOffer] = useState<Offer | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const [isTurningOff, setTurningOff] = useState(false);
  const changed = () => {
    void factor.refetch();
    onChanged();
  };
  const begin = trpc.account.secondFactor.offer.useMutation({
    gcTime: 0,
    onSuccess: setOffer,
    onError: notifyFailure,
  });
  const turnOff = trpc.account.secondFactor.turnOff.useMutation({
    onSuccess: () => {
      setTurningOff(false);
      changed();
    },
    onError: (error) => {
      setTurningOff(false);
      notifyFailure(error);
    },
  });
  const { since } = factor.data ?? {};
  return (
    <Section
      title="Authenticator app"
      description="A code from an app on your phone, asked for after the password: whoever learns your password does not get in with it."
      mark={
        factor.data !== undefined && (
          <StatusMark tone={since === null ? 'quiet' : 'good'}>
            {since === null ? 'Off' : 'On'}
          </StatusMark>
        )
      }
    >
      {factor.isError && (
        <FailureNotice failure={toFailure(factor.error)} onRetry={() => void factor.refetch()} />
      )}
      {factor.isPending && <Skeleton height={36} width={180} aria-label="Loading" />}
      {since === null && (
        <Button loading={begin.isPending} onClick={() => begin.mutate()}>
          Set up an authenticator
        </Button>
      )}
      {typeof since === 'string' && (
        <>
          <p className={classes.facts}>On since {formatDate(since)}.</p>
          <Button variant="default" onClick={() => setTurningOff(true)}>
            Turn off
          </Button>
        </>
      )}
      <Dialog
        title="Set up an authenticator"
        isOpen={offer !== null}
        onClose={() => setOffer(null)}
      >
        {offer !== null && (
          <SetUp
            offer={offer}
            onCancel={() => setOffer(null)}
            onDone={(recoveryCodes) => {
              setOffer(null);
              setCodes(recoveryCodes);
              void factor.refetch();
              if (recoveryCodes === null) {
                onChanged();
              }
            }}
          />
        )}
      </Dialog>
      <Dialog
        title="Keep your recovery codes"
        isOpen={codes !== null}
        onClose={() => {
          setCodes(null);
          onChanged();
        }}
      >
        {codes !== null && (
          <RecoveryCodes
            codes={codes}
            onDone={() => {
              setCodes(null);
              onChanged();
            }}
          />
        )}
      </Dialog>
      <Dialog
        title="Turn off the authenticator"
        isOpen={isTurningOff}
        onClose={() => setTurningOff(false)}
      >
        <Text>
          {hasPasskeys
            ? 'Its codes are not asked for any more. Your passkeys and recovery codes stay.'
            : 'The password alone will open your account again, and the recovery codes end. An organization that asks for a second factor will not let you in.'}
        </Text>
        <div className={classes.ending}>
          <Button variant="default" data-autofocus onClick={() => setTurningOff(false)}>
            Keep it on
          </Button>
          <Button color="red" loading={turnOff.isPending} onClick={() => turnOff.mutate()}>
            Turn off
          </Button>
        </div>
      </Dialog>
    </Section>
  );
}
