import type { RemovedFactors } from '@keyward/shared/accounts';
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { toFailure } from '../../lib/failure.ts';
import { focusFirstError } from '../../lib/focus-first-error.ts';
import { lazySchema } from '../../lib/lazy-schema.ts';
import { trpc } from '../../lib/trpc.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';

const validate = lazySchema(async () => (await import('@keyward/shared/accounts')).emailInput);

/** For operators: lets somebody back in who has lost their second factors. */
export function RemoveFactorsForm({ onDone }: { onDone: () => void }) {
  const form = useForm({ initialValues: { email: '' }, validate });
  const [removed, setRemoved] = useState<(RemovedFactors & { email: string }) | null>(null);
  const remove = trpc.account.secondFactor.removeFrom.useMutation({
    onSuccess: (answer, { email }) => setRemoved({ ...answer, email: email.trim() }),
    onError: (error) => {
      const { code, detail } = toFailure(error);
      if (isAboutEmail(code)) {
        form.setErrors({ email: detail });
      }
    },
  });
  if (removed !== null) {
    return (
      <Stack gap="md">
        <Text>
          Removed from <strong>{removed.email}</strong>: {describe(removed)}. They are signed out
          everywhere, sign in by password or single sign-on now, and can set up another second
          factor on their account page. Have they neither, make them a password reset link.
        </Text>
        <Group justify="flex-end">
          <Button variant="default" ref={focus} onClick={onDone}>
            Done
          </Button>
        </Group>
      </Stack>
    );
  }
  const failure = remove.isError ? toFailure(remove.error) : null;
  return (
    <form
      noValidate
      onSubmit={form.onSubmit((values) => remove.mutate(values), focusFirstError(form))}
    >
      <Stack gap="md">
        <Text>
          For somebody who lost their phone and their recovery codes. Be sure that it is them who
          asks: their authenticator, passkeys and recovery codes end, and they are signed out
          everywhere. Their password and single sign-on stay.
        </Text>
        <Text>
          Did somebody else have the account? Have its owner set a new password first, by a password
          reset link.
        </Text>
        <TextInput
          label="Email"
          type="email"
          autoComplete="off"
          data-autofocus
          {...form.getInputProps('email')}
        />
        {failure !== null && !isAboutEmail(failure.code) && <FailureNotice failure={failure} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" color="red" loading={remove.isPending}>
            Remove second factors
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

// What had the focus is gone with the form.
const focus = (button: HTMLButtonElement | null) => button?.focus();

const isAboutEmail = (code: string | null) => code === 'not_found' || code === 'conflict';

function describe({ authenticator, passkeys }: RemovedFactors): string {
  const parts = [
    ...(authenticator ? ['an authenticator'] : []),
    ...(passkeys > 0 ? [passkeys === 1 ? 'a passkey' : `${passkeys} passkeys`] : []),
  ];
  return `${parts.join(', ')} and the recovery codes`;
}
