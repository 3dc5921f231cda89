import type { Key } from '@keyward/shared/keys';
import { Button, Stack, Title } from '@mantine/core';
import { type FormEvent, useId, useState } from 'react';
import { toFailure } from '../../../lib/failure.ts';
import { CheckBox } from '../../../ui/check-box.tsx';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { type Ending, toRotation, usualEnding } from './ending.ts';
import { EndingFields } from './ending-fields.tsx';
import type { MintedSecret } from './new-secret.tsx';
import classes from './start-rotation.module.css';
import { useRotateKey } from './use-rotate-key.ts';

interface StartRotationProps {
  apiKey: Key;
  onMinted: (minted: MintedSecret) => void;
}

/** Where a rotation begins: how the old secret is to end, and the new one. */
export function StartRotation({ apiKey, onMinted }: StartRotationProps) {
  const confirmId = useId();
  const [ending, setEnding] = useState<Ending>(usualEnding);
  const [isConfirmed, setConfirmed] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const rotate = useRotateKey(onMinted);
  const isAtOnce = ending.way === 'now';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const rotation = toRotation(ending);
    if (rotation === null) {
      setError('Write a whole number, for a time from one minute to 90 days.');
    } else {
      rotate.mutate({ id: apiKey.id, rotation });
    }
  };
  return (
    <Panel>
      <Title order={2} id="rotation" tabIndex={-1}>
        Rotate
      </Title>
      <p className={classes.lead}>
        A rotation gives the key a second secret. It keeps its id, its permissions and its limit, so
        nothing else changes. Create the new secret, store it, deploy it, see it in use, and only
        then retire the old one.
      </p>
      <form onSubmit={submit} noValidate>
        <Stack gap="lg" align="stretch">
          <EndingFields
            ending={ending}
            error={error}
            onChange={(next) => {
              setEnding(next);
              setError(null);
            }}
          />
          {isAtOnce && (
            <label htmlFor={confirmId} className={classes.confirm}>
              <CheckBox id={confirmId} checked={isConfirmed} onChange={setConfirmed} />
              <span>
                I know that whatever uses {apiKey.name} stops working until it has the new secret.
              </span>
            </label>
          )}
          {rotate.isError && <FailureNotice failure={toFailure(rotate.error)} />}
          <div>
            <Button
              type="submit"
              color={isAtOnce ? 'red' : 'petrol'}
              disabled={isAtOnce && !isConfirmed}
              loading={rotate.isPending}
            >
              Create new secret
            </Button>
          </div>
        </Stack>
      </form>
    </Panel>
  );
}
