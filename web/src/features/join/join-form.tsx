import { Anchor, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { Link } from '@tanstack/react-router';
import { toFailure } from '../../lib/failure.ts';
import { focusFirstError } from '../../lib/focus-first-error.ts';
import { lazySchema } from '../../lib/lazy-schema.ts';
import { splitIssues } from '../../lib/split-issues.ts';
import { trpc } from '../../lib/trpc.ts';
import { AuthCard } from '../../ui/auth-card.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { ProviderButton } from '../../ui/provider-button.tsx';
import type { Invitation } from './invitation.ts';

interface JoinFormProps {
  invitation: Invitation;
  token: string;
  /** Of single sign-on; null for none. */
  provider: { name: string } | null;
  onJoined: () => void;
}

/** Makes the account of somebody who was invited, and makes them a member with it. */
export function JoinForm({ invitation, token, provider, onJoined }: JoinFormProps) {
  const begin = trpc.account.provider.beginSignIn.useMutation();
  const { email, organization } = invitation;
  const form = useForm({
    initialValues: { name: '', email, password: '', invitation: token },
    validate: lazySchema(async () => (await import('@keyward/shared/accounts')).signUpInput),
  });
  const signUp = trpc.account.signUp.useMutation({
    // The cache of mutations keeps what each was called with, and this one with the password.
    gcTime: 0,
    onSuccess: onJoined,
    onError: (error) =>
      form.setErrors(splitIssues(toFailure(error).issues, ['name', 'password']).byField),
  });
  return (
    <AuthCard
      title={`Join ${organization.name}`}
      description={`Create an account for ${email}: it becomes a member with it.`}
      footer={
        <>
          Have an account?{' '}
          <Anchor
            renderRoot={(props) => <Link to="/sign-in" search={{ returnTo: '/join' }} {...props} />}
          >
            Sign in
          </Anchor>
        </>
      }
    >
      <form
        noValidate
        onSubmit={form.onSubmit((values) => signUp.mutate(values), focusFirstError(form))}
      >
        <Stack gap="md">
          {provider !== null && (
            <ProviderButton
              label={`Continue with ${provider.name}`}
              begin={() =>
                begin.mutateAsync({ invitation: token, returnTo: `/o/${organization.slug}/keys` })
              }
            />
          )}
          {signUp.isError && <FailureNotice failure={toFailure(signUp.error)} />}
          <TextInput label="Name" autoComplete="name" autoFocus {...form.getInputProps('name')} />
          <TextInput label="Email" type="email" autoComplete="username" value={email} readOnly />
          <PasswordInput
            label="Password"
            description="At least 8 characters. A long phrase is easy to remember and hard to guess."
            autoComplete="new-password"
            {...form.getInputProps('password')}
          />
          <Button type="submit" loading={signUp.isPending} mt="xs">
            Create account and join
          </Button>
        </Stack>
      </form>
    </AuthCard>
  );
}
