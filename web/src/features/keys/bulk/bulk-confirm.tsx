import type { Key } from '@keyward/shared/keys';
import { Button, Group, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { Caution } from '../../../ui/caution.tsx';
import { CheckLine } from '../../../ui/check-line.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { useExposures } from '../exposure/use-exposures.ts';
import { MaskedSecret } from '../masked-secret.tsx';
import classes from './bulk.module.css';
import { type BulkAction, bulkActions, countKeys } from './bulk-actions.ts';
import { ScrollFrame } from './scroll-frame.tsx';

interface BulkConfirmProps {
  action: BulkAction;
  targets: readonly Key[];
  /** How many of the selected keys the action is not for. */
  leftOut: number;
  onConfirm: () => void;
  onCancel: () => void;
}

/** What will happen, and to which keys. */
export function BulkConfirm({ action, targets, leftOut, onConfirm, onCancel }: BulkConfirmProps) {
  const { label, effect, done, otherwise } = bulkActions[action];
  const [typed, setTyped] = useState('');
  const phrase = `revoke ${countKeys(targets.length)}`;
  const exposed = useExposedAmong(action === 'resume' ? targets : []);
  const [isAccepted, setAccepted] = useState(false);
  const isTyped = action === 'revoke' && targets.length > 1;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onConfirm();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <p className={classes.text}>{effect}</p>
        {leftOut > 0 && (
          <p className={classes.note}>
            {countKeys(leftOut)} of the selection stay{leftOut === 1 ? 's' : ''} as{' '}
            {leftOut === 1 ? 'it is' : 'they are'}: {otherwise}.
          </p>
        )}
        <ScrollFrame label={`Keys to be ${done}`}>
          <ul className={classes.keys}>
            {targets.map((key) => (
              <li key={key.id}>
                <span className={classes.name}>{key.name}</span>
                <span className={classes.used}>
                  {key.usage.lastUsedAt === null ? (
                    'never used'
                  ) : (
                    <>
                      used <RelativeTime time={key.usage.lastUsedAt} />
                    </>
                  )}
                </span>
                <MaskedSecret apiKey={key} />
                <span className={classes.owner}>{key.user?.name ?? 'Bot'}</span>
              </li>
            ))}
          </ul>
        </ScrollFrame>
        {exposed.names.length > 0 && (
          <>
            <Caution title={`${countKeys(exposed.names.length)} found in the open`}>
              {list.format(exposed.names)}. Resumed as they are, they open to whoever found their
              secrets. To be safe, rotate each of them first.
            </Caution>
            <CheckLine isChecked={isAccepted} onChange={setAccepted}>
              I know that exposed secrets are accepted again.
            </CheckLine>
          </>
        )}
        {isTyped && (
          <TextInput
            label={`Type “${phrase}” to confirm`}
            autoComplete="off"
            data-autofocus
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        )}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button
            type="submit"
            {...(action === 'revoke' && { color: 'red' })}
            data-autofocus={isTyped ? undefined : true}
            disabled={
              (isTyped && typed.trim().toLowerCase() !== phrase) ||
              exposed.isPending ||
              (exposed.names.length > 0 && !isAccepted)
            }
          >
            {label} {countKeys(targets.length)}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

const list = new Intl.ListFormat('en', { type: 'conjunction' });

function useExposedAmong(keys: readonly Key[]): { names: string[]; isPending: boolean } {
  const { liveOf, isPending } = useExposures([keys.map(({ id }) => id)]);
  return {
    names: keys.filter(({ id }) => liveOf(id).length > 0).map(({ name }) => name),
    isPending,
  };
}
