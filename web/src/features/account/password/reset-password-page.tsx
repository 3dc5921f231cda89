import { Anchor, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { Link } from '@tanstack/react-router';
import { toFailure } from '../../../lib/failure.ts';
import { focusFirstError } from '../../../lib/focus-first-error.ts';
import { lazySchema } from '../../../lib/lazy-schema.ts';
import { splitIssues } from '../../../lib/split-issues.ts';
import { trpc } from '../../../lib/trpc.ts';
import { AuthCard } from '../../../ui/auth-card.tsx';
import { FailureNotice } from '../../../ui/failure-notice.tsx';

/** Sets a new password by a link. */
export function ResetPasswordPage({ token, email }: { token: string; email: string }) {
  const form = useForm({
    initialValues: { token, password: '' },
    validate: lazySchema(async () => (await import('@keyward/shared/accounts')).resetPasswordInput),
  });
  const reset = trpc.account.password.reset.useMutation({
    gcTime: 0,
    onError: (error) => form.setErrors(splitIssues(toFailure(error).issues, ['password']).byField),
  });
  if (reset.isSuccess) {
    return (
      <AuthCard
        title="Your password is set"
        description="You were signed out everywhere. Sign in with the new one."
      >
        <Button renderRoot={(props) => <Link to="/sign-in" {...props} />}>Sign in</Button>
      </AuthCard>
    );
  }
  return (
    <AuthCard
      title="Set a new password"
      description="It signs you out everywhere, and whoever else was in your account too."
    >
      <form
        noValidate
        onSubmit={form.onSubmit((values) => reset.mutate(values), focusFirstError(form))}
      >
        <Stack gap="md">
          {reset.isError && <FailureNotice failure={toFailure(reset.error)} />}
          <TextInput label="Email" type="email" autoComplete="username" value={email} readOnly />
          <PasswordInput
            label="New password"
            description="At least 8 characters. A long phrase is easy to remember and hard to guess."
            autoComplete="new-password"
            autoFocus
            {...form.getInputProps('password')}
          />
          <Button type="submit" loading={reset.isPending} mt="xs">
            Set password
          </Button>
        </Stack>
      </form>
    </AuthCard>
  );
}

/** For a link that leads nowhere any more. */
export function DeadLinkPage({ detail }: { detail: string }) {
  return (
    <AuthCard
      title="This link has ended"
      description={detail}
      footer={
        <Anchor renderRoot={(props) => <Link to="/sign-in" {...props} />}>Back to sign-in</Anchor>
      }
    >
      <Button renderRoot={(props) => <Link to="/forgot-password" {...props} />}>
        Ask for another link
      </Button>
    </AuthCard>
  );
}
