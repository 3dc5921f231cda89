import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { type ReactNode, useState } from 'react';
import { type Failure, toFailure } from '../../lib/failure.ts';
import { focusFirstError } from '../../lib/focus-first-error.ts';
import { lazySchema } from '../../lib/lazy-schema.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';

interface EmailFormProps {
  /** What the button says. */
  action: string;
  /** For what cannot be undone. */
  color?: 'red';
  isPending: boolean;
  /** Rejects where it is refused; what is about the email then stands beside it. */
  send: (input: { email: string }) => Promise<unknown>;
  onCancel: () => void;
  /** What it does. */
  children: ReactNode;
}

const validate = lazySchema(async () => (await import('@keyward/shared/accounts')).emailInput);

/** Does something to the account of an email. */
export function EmailForm({ action, color, isPending, send, onCancel, children }: EmailFormProps) {
  const form = useForm({ initialValues: { email: '' }, validate });
  const [failure, setFailure] = useState<Failure | null>(null);
  const submit = async (values: { email: string }) => {
    setFailure(null);
    try {
      await send(values);
    } catch (error) {
      const refused = toFailure(error);
      if (refused.code === 'not_found' || refused.code === 'conflict') {
        form.setErrors({ email: refused.detail });
      } else {
        setFailure(refused);
      }
    }
  };
  return (
    <form
      noValidate
      onSubmit={form.onSubmit((values) => void submit(values), focusFirstError(form))}
    >
      <Stack gap="md">
        {children}
        <TextInput
          label="Email"
          type="email"
          autoComplete="off"
          data-autofocus
          {...form.getInputProps('email')}
        />
        {failure !== null && <FailureNotice failure={failure} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" {...(color && { color })} loading={isPending}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
