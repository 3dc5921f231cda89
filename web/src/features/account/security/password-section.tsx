import { Anchor, Button, PasswordInput, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { Link } from '@tanstack/react-router';
import { toFailure } from '../../../lib/failure.ts';
import { focusFirstError } from '../../../lib/focus-first-error.ts';
import { lazySchema } from '../../../lib/lazy-schema.ts';
import { splitIssues } from '../../../lib/split-issues.ts';
import { trpc } from '../../../lib/trpc.ts';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { notify } from '../../../ui/notify.ts';
import classes from './forms.module.css';
import { Section } from './section.tsx';

const validate = lazySchema(
  async () => (await import('@keyward/shared/accounts')).changePasswordInput,
);

const describeEnded = (ended: number) =>
  ended === 0
    ? 'You were signed in nowhere else.'
    : `You were signed out of ${ended === 1 ? 'one other session' : `${ended} other sessions`}.`;

export function PasswordSection() {
  const form = useForm({ initialValues: { present: '', next: '' }, validate });
  const utils = trpc.useUtils();
  const change = trpc.account.changePassword.useMutation({
    // The cache of mutations keeps what each was called with, and this one with both passwords.
    gcTime: 0,
    onSettled: (_, error) => {
      if (error === null) {
        change.reset();
      }
    },
    onSuccess: ({ ended }) => {
      form.reset();
      void utils.account.sessions.invalidate();
      void notify({ title: 'Password changed', message: describeEnded(ended), color: 'green' });
    },
    onError: (error) => {
      const { code, detail, issues } = toFailure(error);
      form.setErrors(
        code === 'wrong_credentials'
          ? { present: detail }
          : splitIssues(issues, ['present', 'next']).byField,
      );
    },
  });
  const ways = trpc.account.ways.useQuery();
  if (ways.data?.password === false) {
    return <NoPassword />;
  }
  const isRefusedByField = Object.keys(form.errors).length > 0;
  return (
    <Section
      title="Password"
      description="A new password signs you out everywhere else, and whoever else was in your account too."
    >
      <form
        noValidate
        onSubmit={form.onSubmit((values) => change.mutate(values), focusFirstError(form))}
      >
        <Stack gap="md" className={classes.fields}>
          {change.isError && !isRefusedByField && (
            <FailureNotice failure={toFailure(change.error)} />
          )}
          <PasswordInput
            label="Present password"
            autoComplete="current-password"
            {...form.getInputProps('present')}
          />
          <PasswordInput
            label="New password"
            description="At least 8 characters. A long phrase is easy to remember and hard to guess."
            autoComplete="new-password"
            {...form.getInputProps('next')}
          />
          <div>
            <Button type="submit" variant="default" loading={change.isPending}>
              Change password
            </Button>
          </div>
        </Stack>
      </form>
    </Section>
  );
}

/** For who signs in by a provider alone. */
function NoPassword() {
  return (
    <Section title="Password" description="You have none: you sign in by single sign-on.">
      <Anchor renderRoot={(props) => <Link to="/forgot-password" {...props} />}>
        Set a password
      </Anchor>
    </Section>
  );
}
