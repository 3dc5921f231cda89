import { Anchor, Button, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { Link } from '@tanstack/react-router';
import { toFailure } from '../../../lib/failure.ts';
import { focusFirstError } from '../../../lib/focus-first-error.ts';
import { lazySchema } from '../../../lib/lazy-schema.ts';
import { trpc } from '../../../lib/trpc.ts';
import { AuthCard } from '../../../ui/auth-card.tsx';
import { FailureNotice } from '../../../ui/failure-notice.tsx';

const back = (
  <Anchor renderRoot={(props) => <Link to="/sign-in" {...props} />}>Back to sign-in</Anchor>
);

/** Where a link to set a new password comes from. */
export function ForgotPasswordPage({ sendsMail }: { sendsMail: boolean }) {
  return sendsMail ? <AskForLink /> : <WhomToAsk />;
}

function WhomToAsk() {
  return (
    <AuthCard
      title="Set a new password"
      description="This Keyward sends no mail: its operator makes a link for you."
      footer={back}
    >
      <Stack gap="md">
        <Text>Ask whoever runs this Keyward for a link. It is good once, for an hour.</Text>
        <Text>
          If that is you: on the machine where it runs, <code>keyward reset-password --email</code>{' '}
          prints one.
        </Text>
      </Stack>
    </AuthCard>
  );
}

function AskForLink() {
  const form = useForm({
    initialValues: { email: '' },
    validate: lazySchema(async () => (await import('@keyward/shared/accounts')).emailInput),
  });
  const ask = trpc.account.password.requestReset.useMutation();
  if (ask.isSuccess) {
    return (
      <AuthCard
        title="Look into your mailbox"
        description={`If ${ask.variables.email.trim()} has an account here, a mail is on its way.`}
        footer={back}
      >
        <Stack gap="md">
          <Text role="status">
            It holds a link to set a new password, which is good once, for an hour. If nothing comes
            within a few minutes, look into the spam folder, and check the address.
          </Text>
          <Button variant="default" onClick={() => ask.reset()}>
            Try another address
          </Button>
        </Stack>
      </AuthCard>
    );
  }
  return (
    <AuthCard
      title="Forgot your password?"
      description="A link to set a new one is mailed to you."
      footer={back}
    >
      <form
        noValidate
        onSubmit={form.onSubmit((values) => ask.mutate(values), focusFirstError(form))}
      >
        <Stack gap="md">
          {ask.isError && <FailureNotice failure={toFailure(ask.error)} />}
          <TextInput
            label="Email"
            type="email"
            autoComplete="username"
            autoFocus
            {...form.getInputProps('email')}
          />
          <Button type="submit" loading={ask.isPending} mt="xs">
            Mail me a link
          </Button>
        </Stack>
      </form>
    </AuthCard>
  );
}
