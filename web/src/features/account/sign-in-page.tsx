import type { Challenge } from '@keyward/shared/accounts';
import { Anchor, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { toFailure } from '../../lib/failure.ts';
import { focusFirstError } from '../../lib/focus-first-error.ts';
import { lazySchema } from '../../lib/lazy-schema.ts';
import { describeProviderRefusal } from '../../lib/provider-refusals.ts';
import { trpc } from '../../lib/trpc.ts';
import { dropWaitingChallenge } from '../../lib/waiting-challenge.ts';
import { AuthCard } from '../../ui/auth-card.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { OtherWays } from './other-ways.tsx';
import { SignInCode } from './sign-in-code.tsx';

interface SignInPageProps {
  canSignUp: boolean;
  /** Whether browsers make passkeys for the address of this Keyward. */
  takesPasskeys: boolean;
  /** Of single sign-on; null for none. */
  provider: { name: string } | null;
  /** Why the provider's sign-in did not go through; null where none was tried. */
  refusal: string | null;
  /** The second step that the way back from the provider leads to; null for none. */
  waiting: Challenge | null;
  returnTo: string;
  onSignedIn: () => void;
}

export function SignInPage(props: SignInPageProps) {
  const { canSignUp, takesPasskeys, provider, refusal, waiting, returnTo, onSignedIn } = props;
  const [challenge, setChallenge] = useState(waiting);
  const form = useForm({
    initialValues: { email: '', password: '' },
    validate: lazySchema(async () => (await import('@keyward/shared/accounts')).signInInput),
  });
  const signIn = trpc.account.signIn.useMutation({
    // The cache of mutations keeps what each was called with, and this one with the password.
    gcTime: 0,
    onSuccess: (answer) => {
      if (answer.challenge === null) {
        onSignedIn();
      } else {
        setChallenge(answer.challenge);
        form.setFieldValue('password', '');
        signIn.reset();
      }
    },
    onError: () => form.setFieldValue('password', ''),
  });
  if (challenge !== null) {
    return (
      <SignInCode
        challenge={challenge}
        onSignedIn={onSignedIn}
        onRestart={() => {
          dropWaitingChallenge();
          setChallenge(null);
        }}
      />
    );
  }
  return (
    <AuthCard
      title="Sign in"
      description="Manage the API keys of your organization."
      footer={
        canSignUp && (
          <>
            New here?{' '}
            <Anchor renderRoot={(props) => <Link to="/sign-up" {...props} />}>
              Create an account
            </Anchor>
          </>
        )
      }
    >
      <form
        noValidate
        onSubmit={form.onSubmit((values) => signIn.mutate(values), focusFirstError(form))}
      >
        <Stack gap="md">
          {refusal !== null && !signIn.isError && (
            <FailureNotice failure={describeProviderRefusal(refusal)} />
          )}
          {signIn.isError && <FailureNotice failure={toFailure(signIn.error)} />}
          <TextInput
            label="Email"
            type="email"
            autoComplete="username"
            autoFocus
            {...form.getInputProps('email')}
          />
          <PasswordInput
            label="Password"
            autoComplete="current-password"
            {...form.getInputProps('password')}
          />
          <Anchor size="sm" renderRoot={(props) => <Link to="/forgot-password" {...props} />}>
            Forgot your password?
          </Anchor>
          <Button type="submit" loading={signIn.isPending}>
            Sign in
          </Button>
        </Stack>
      </form>
      <OtherWays
        takesPasskeys={takesPasskeys}
        provider={provider}
        returnTo={returnTo}
        onSignedIn={onSignedIn}
      />
    </AuthCard>
  );
}
