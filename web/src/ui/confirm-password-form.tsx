import { Button, Group, PasswordInput, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { toFailure } from '../lib/failure.ts';
import { canUsePasskeys } from '../lib/passkeys.ts';
import { trpc } from '../lib/trpc.ts';
import { ConfirmByPasskey } from './confirm-by-passkey.tsx';
import { ConfirmByProvider } from './confirm-by-provider.tsx';
import { FailureNotice } from './failure-notice.tsx';

interface ConfirmPasswordFormProps {
  onConfirmed: () => void;
  onCancel: () => void;
}

export function ConfirmPasswordForm({ onConfirmed, onCancel }: ConfirmPasswordFormProps) {
  const [password, setPassword] = useState('');
  const ways = trpc.account.ways.useQuery();
  const hasPassword = ways.data?.password !== false;
  const confirm = trpc.account.confirmPassword.useMutation({
    // The cache of mutations keeps what each was called with, and this one with the password.
    gcTime: 0,
    onSuccess: onConfirmed,
    onError: () => setPassword(''),
  });
  const failure = confirm.isError ? toFailure(confirm.error) : null;
  const isWrong = failure?.code === 'wrong_credentials';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    confirm.mutate({ password });
  };
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <Text>
          {hasPassword
            ? 'This is sensitive, and you gave your password a while ago. It is asked for again.'
            : 'This is sensitive, and you signed in a while ago.'}
        </Text>
        {failure !== null && !isWrong && <FailureNotice failure={failure} />}
        {hasPassword && (
          <PasswordInput
            label="Password"
            autoComplete="current-password"
            data-autofocus
            value={password}
            error={isWrong ? failure.detail : undefined}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
        )}
        {ways.data?.passkey === true && canUsePasskeys() && (
          <ConfirmByPasskey onConfirmed={onConfirmed} />
        )}
        {ways.data?.provider === true && <ConfirmByProvider onConfirmed={onConfirmed} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          {hasPassword && (
            <Button type="submit" loading={confirm.isPending} disabled={password === ''}>
              Confirm
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}
