import type { Key } from '@keyward/shared/keys';
import { Button, Group, Stack } from '@mantine/core';
import { useId, useState } from 'react';
import { toFailure } from '../../lib/failure.ts';
import { trpc } from '../../lib/trpc.ts';
import { CheckBox } from '../../ui/check-box.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { notify } from '../../ui/notify.ts';
import { ReceiptLine } from '../../ui/receipt-line.tsx';
import { LastUsed } from './last-used.tsx';
import { MaskedSecret } from './masked-secret.tsx';
import classes from './revoke-key-form.module.css';

export function RevokeKeyForm({ target, onDone }: { target: Key; onDone: () => void }) {
  const confirmId = useId();
  const [isConfirmed, setConfirmed] = useState(false);
  const utils = trpc.useUtils();
  const revoke = trpc.keys.revoke.useMutation({
    onSuccess: ({ key, receipt }) => {
      void utils.keys.invalidate();
      void notify({
        title: `${key.name} is revoked`,
        message: <ReceiptLine what="Dead" receipt={receipt} />,
      });
      onDone();
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        revoke.mutate({ id: target.id });
      }}
    >
      <Stack gap="md">
        <p className={classes.text}>
          Calls with it are refused at once, on every node. This cannot be undone.
        </p>
        <dl className={classes.facts}>
          <dt>Key</dt>
          <dd>
            <MaskedSecret apiKey={target} />
          </dd>
          <dt>Last used</dt>
          <dd>
            <LastUsed apiKey={target} />
          </dd>
        </dl>
        {revoke.isError && <FailureNotice failure={toFailure(revoke.error)} />}
        <label htmlFor={confirmId} className={classes.confirm}>
          <CheckBox id={confirmId} checked={isConfirmed} onChange={setConfirmed} data-autofocus />
          <span>I know that whatever still uses {target.name} stops working.</span>
        </label>
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" color="red" disabled={!isConfirmed} loading={revoke.isPending}>
            Revoke key
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
