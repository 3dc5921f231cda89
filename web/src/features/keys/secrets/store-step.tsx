import { Button } from '@mantine/core';
import { describeMaker } from './describe-maker.ts';
import type { Underway } from './rotation.ts';
import { Ago } from './step-evidence.tsx';
import { TimelineStep } from './timeline-step.tsx';
import { useConfirmStored } from './use-confirm-stored.ts';

interface StoreStepProps {
  keyId: string;
  underway: Underway;
  isShown: boolean;
}

/** That a secret lies in a safe place nobody can see from here: somebody says so, and when. */
export function StoreStep({ keyId, underway, isShown }: StoreStepProps) {
  const { newer, now, isNewSeen } = underway;
  const confirm = useConfirmStored(keyId);
  if (newer.stored !== null) {
    return (
      <TimelineStep number={2} title="Store" state="done">
        <p>
          {describeMaker(newer.stored.by)} said so{' '}
          <strong>
            <Ago time={newer.stored.at} now={now} />
          </strong>
          . That is all that can be known: Keyward keeps only a hash.
        </p>
      </TimelineStep>
    );
  }
  if (isNewSeen) {
    return (
      <TimelineStep number={2} title="Store" state="done">
        <p>Nobody said so, but the calls with it show that it was kept.</p>
      </TimelineStep>
    );
  }
  if (isShown) {
    return (
      <TimelineStep number={2} title="Store" state="current">
        <p>It stands above, this once. Put it into your secret manager.</p>
      </TimelineStep>
    );
  }
  return (
    <TimelineStep number={2} title="Store" state="warn">
      <p>
        It was shown once, when it was made, and nobody has said that it was stored. If it is lost,
        roll back and rotate again.
      </p>
      <Button
        variant="default"
        size="xs"
        mt="sm"
        loading={confirm.isPending}
        onClick={() => confirm.mutate({ id: keyId, last4: newer.last4 })}
      >
        It is stored
      </Button>
    </TimelineStep>
  );
}
