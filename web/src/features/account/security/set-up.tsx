import { Anchor, Button, Group, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, lazy, Suspense, useState } from 'react';
import { toFailure } from '../../../lib/failure.ts';
import { trpc } from '../../../lib/trpc.ts';
import { CopyBlock } from '../../../ui/copy-block.tsx';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import classes from './qr-code.module.css';

// What draws it is not needed but here.
const QrCode = lazy(async () => ({ default: (await import('./qr-code.tsx')).QrCode }));

interface SetUpProps {
  offer: { secret: string; uri: string };
  onCancel: () => void;
  /** With recovery codes, where there were none. */
  onDone: (recoveryCodes: string[] | null) => void;
}

const inFours = (secret: string) => secret.replace(/(.{4})(?=.)/g, '$1 ');

/** The secret for the app, and the first code in return. */
export function SetUp({ offer, onCancel, onDone }: SetUpProps) {
  const [code, setCode] = useState('');
  const turnOn = trpc.account.secondFactor.turnOn.useMutation({
    gcTime: 0,
    onSuccess: ({ recoveryCodes }) => onDone(recoveryCodes),
  });
  const failure = turnOn.isError ? toFailure(turnOn.error) : null;
  const isWrong = failure?.code === 'wrong_code';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    turnOn.mutate({ code });
  };
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <Text>
          Scan this with an authenticator app. Is the app on this device?{' '}
          <Anchor href={offer.uri}>Open it in an app on this device</Anchor>
        </Text>
        <Suspense fallback={<Skeleton className={classes.place} />}>
          <QrCode text={offer.uri} label="The key as a QR code" />
        </Suspense>
        <Text>Or type it in, as a time-based key:</Text>
        <CopyBlock name="key" text={inFours(offer.secret)} />
        <TextInput
          label="Code"
          description="The six digits that the app shows now."
          inputMode="numeric"
          autoComplete="one-time-code"
          data-autofocus
          value={code}
          error={isWrong ? failure.detail : undefined}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        {failure !== null && !isWrong && <FailureNotice failure={failure} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={turnOn.isPending} disabled={code.trim().length < 6}>
            Turn on
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
