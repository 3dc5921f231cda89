import type { Receipt } from '@keyward/shared/keys';
import { Button, Group, Stack } from '@mantine/core';
import { useId, useState } from 'react';
import { toFailure } from '../../../lib/failure.ts';
import { trpc } from '../../../lib/trpc.ts';
import { CheckBox } from '../../../ui/check-box.tsx';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { MaskedSecret } from '../masked-secret.tsx';
import classes from './end-rotation-form.module.css';
import { EndingWarnings, warnsOf } from './ending-warnings.tsx';
import type { Underway } from './rotation.ts';

/** Which secret died, and the proof of it. */
export interface EndedRotation {
  action: 'finish' | 'rollback';
  dead: { start: string; last4: string };
  receipt: Receipt;
}

interface EndRotationFormProps {
  keyId: string;
  underway: Underway;
  action: 'finish' | 'rollback';
  onCancel: () => void;
  onEnded: (ended: EndedRotation) => void;
}

/** The last question before a secret dies: what it breaks, as far as the calls tell. */
export function EndRotationForm({
  keyId,
  underway,
  action,
  onCancel,
  onEnded,
}: EndRotationFormProps) {
  const confirmId = useId();
  const [isConfirmed, setConfirmed] = useState(false);
  const utils = trpc.useUtils();
  const [dead, kept] =
    action === 'finish' ? [underway.older, underway.newer] : [underway.newer, underway.older];
  const end = trpc.keys.endRotation.useMutation({
    onSuccess: ({ receipt }) => onEnded({ action, dead, receipt }),
    // Also where it was refused: then the rotation has ended by itself or by another hand.
    onSettled: () => utils.keys.invalidate(),
  });
  const isRisky = warnsOf(underway, action);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        end.mutate({ id: keyId, action });
      }}
    >
      <Stack gap="md">
        <p className={classes.text}>
          {action === 'finish' ? 'The old secret, ' : 'The new secret, '}
          <MaskedSecret apiKey={dead} />, dies now, on every node. Calls with it are refused from
          then on. <MaskedSecret apiKey={kept} /> stays. This cannot be undone.
        </p>
        {isRisky && (
          <div className={classes.warnings}>
            <EndingWarnings underway={underway} action={action} />
          </div>
        )}
        {end.isError && <FailureNotice failure={toFailure(end.error)} />}
        {isRisky && (
          <label htmlFor={confirmId} className={classes.confirm}>
            <CheckBox id={confirmId} checked={isConfirmed} onChange={setConfirmed} data-autofocus />
            <span>
              I know that whatever uses <MaskedSecret apiKey={dead} /> stops working.
            </span>
          </label>
        )}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onCancel} data-autofocus={!isRisky || undefined}>
            Cancel
          </Button>
          <Button
            type="submit"
            color={isRisky || action === 'rollback' ? 'red' : 'petrol'}
            disabled={isRisky && !isConfirmed}
            loading={end.isPending}
          >
            {action === 'finish' ? 'Retire the old secret' : 'Roll back'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
