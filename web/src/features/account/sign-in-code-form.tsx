import { Button, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { toFailure } from '../../lib/failure.ts';
import { trpc } from '../../lib/trpc.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';

interface SignInCodeFormProps {
  challenge: string;
  /** Whether it is a recovery code, and not one of an app. */
  isRecovery: boolean;
  onSignedIn: () => void;
}

export function SignInCodeForm({ challenge, isRecovery, onSignedIn }: SignInCodeFormProps) {
  const [code, setCode] = useState('');
  const complete = trpc.account.completeSignIn.useMutation({
    onSuccess: onSignedIn,
    onError: () => setCode(''),
  });
  const failure = complete.isError ? toFailure(complete.error) : null;
  const isWrong = failure?.code === 'wrong_code';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    complete.mutate({ challenge, code });
  };
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        {failure !== null && !isWrong && <FailureNotice failure={failure} />}
        <TextInput
          label={isRecovery ? 'Recovery code' : 'Code'}
          inputMode={isRecovery ? 'text' : 'numeric'}
          autoComplete={isRecovery ? 'off' : 'one-time-code'}
          autoFocus
          value={code}
          error={isWrong ? failure.detail : undefined}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <Button type="submit" loading={complete.isPending} disabled={code.trim().length < 6}>
          Sign in
        </Button>
      </Stack>
    </form>
  );
}
