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

const fields = ['name', 'email', 'password'];

interface SignUpPageProps {
  /** Whether this will be the first account of the instance, the operator's. */
  isFresh: boolean;
  onSignedUp: () => void;
}

export function SignUpPage({ isFresh, onSignedUp }: SignUpPageProps) {
  const form = useForm({
    initialValues: { name: '', email: '', password: '' },
    validate: lazySchema(async () => (await import('@keyward/shared/accounts')).signUpInput),
  });
  const signUp = trpc.account.signUp.useMutation({
    // The cache of mutations keeps what each was called with, and this one with the password.
    gcTime: 0,
    onSuccess: onSignedUp,
    onError: (error) => form.setErrors(splitIssues(toFailure(error).issues, fields).byField),
  });
  return (
    <AuthCard
      title={isFresh ? 'Create the first account' : 'Create your account'}
      description={
        isFresh
          ? 'It becomes the operator: it runs this Keyward and owns the catalog of services.'
          : 'With it you can create an organization and its keys.'
      }
      footer={
        !isFresh && (
          <>
            Have an account?{' '}
            <Anchor renderRoot={(props) => <Link to="/sign-in" {...props} />}>Sign in</Anchor>
          </>
        )
      }
    >
      <form
        noValidate
        onSubmit={form.onSubmit((values) => signUp.mutate(values), focusFirstError(form))}
      >
        <Stack gap="md">
          {signUp.isError && <FailureNotice failure={toFailure(signUp.error)} />}
          <TextInput label="Name" autoComplete="name" autoFocus {...form.getInputProps('name')} />
          <TextInput
            label="Email"
            type="email"
            autoComplete="username"
            {...form.getInputProps('email')}
          />
          <PasswordInput
            label="Password"
            description="At least 8 characters. A long phrase is easy to remember and hard to guess."
            autoComplete="new-password"
            {...form.getInputProps('password')}
          />
          <Button type="submit" loading={signUp.isPending} mt="xs">
            Create account
          </Button>
        </Stack>
      </form>
    </AuthCard>
  );
}
