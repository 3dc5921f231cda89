import type { Challenge } from '@keyward/shared/accounts';
import { Button, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { toFailure } from '../../lib/failure.ts';
import { trpc } from '../../lib/trpc.ts';
import { AuthCard } from '../../ui/auth-card.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';

interface SignInCodeProps {
  challenge: Challenge;
  onSignedIn: () => void;
  onRestart: () => void;
}

/** The second step of a sign-in. */
export function SignInCode({ challenge, onSignedIn, onRestart }: SignInCodeProps) {
  const [code, setCode] = useState('');
  const [byRecovery, setByRecovery] = useState(false);
  const complete = trpc.account.completeSignIn.useMutation({
    onSuccess: onSignedIn,
    onError: () => setCode(''),
  });
  const failure = complete.isError ? toFailure(complete.error) : null;
  const isWrong = failure?.code === 'wrong_code';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    complete.mutate({ challenge: challenge.token, code });
  };
  const switchKind = () => {
    setByRecovery(!byRecovery);
    setCode('');
    complete.reset();
  };
  return (
    <AuthCard
      title="Confirm it is you"
      description={
        byRecovery
          ? 'Give one of the recovery codes that you kept. It is good once.'
          : 'Give the code that your authenticator app shows.'
      }
    >
      <form noValidate onSubmit={submit}>
        <Stack gap="md">
          {failure !== null && !isWrong && <FailureNotice failure={failure} />}
          <TextInput
            key={byRecovery ? 'recovery' : 'app'}
            label={byRecovery ? 'Recovery code' : 'Code'}
            inputMode={byRecovery ? 'text' : 'numeric'}
            autoComplete={byRecovery ? 'off' : 'one-time-code'}
            autoFocus
            value={code}
            error={isWrong ? failure.detail : undefined}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
          <Button type="submit" loading={complete.isPending} disabled={code.trim().length < 6}>
            Sign in
          </Button>
          <Button variant="subtle" onClick={switchKind}>
            {byRecovery ? 'Use the authenticator app' : 'Use a recovery code'}
          </Button>
          <Button variant="subtle" color="gray" onClick={onRestart}>
            Sign in as somebody else
          </Button>
        </Stack>
      </form>
    </AuthCard>
  );
}
