import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { toFailure } from '../../lib/failure.ts';
import { focusFirstError } from '../../lib/focus-first-error.ts';
import { formatExactTime } from '../../lib/format-time.ts';
import { lazySchema } from '../../lib/lazy-schema.ts';
import { trpc } from '../../lib/trpc.ts';
import { CopyBlock } from '../../ui/copy-block.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';

const validate = lazySchema(async () => (await import('@keyward/shared/accounts')).emailInput);

/** For operators: a link by which somebody who forgot their password sets another one. */
export function ResetLinkForm({ onDone }: { onDone: () => void }) {
  const form = useForm({ initialValues: { email: '' }, validate });
  const [made, setMade] = useState<{ email: string; url: string; expiresAt: string } | null>(null);
  const make = trpc.account.password.makeResetLink.useMutation({
    gcTime: 0,
    onSuccess: (answer, { email }) => setMade({ ...answer, email: email.trim() }),
    onError: (error) => {
      const { code, detail } = toFailure(error);
      if (code === 'not_found') {
        form.setErrors({ email: detail });
      }
    },
  });
  if (made !== null) {
    return (
      <Stack gap="md">
        <Text>
          Hand this link to <strong>{made.email}</strong> on a way that you trust: whoever holds it
          sets their password. It is good once, until {formatExactTime(made.expiresAt)}.
        </Text>
        <CopyBlock name="link" text={made.url} variant="filled" />
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            Done
          </Button>
        </Group>
      </Stack>
    );
  }
  const code = make.isError ? toFailure(make.error).code : null;
  return (
    <form
      noValidate
      onSubmit={form.onSubmit((values) => make.mutate(values), focusFirstError(form))}
    >
      <Stack gap="md">
        <Text>
          For somebody who forgot their password. Be sure that it is them who asks. Their second
          factor is still asked for.
        </Text>
        <TextInput
          label="Email"
          type="email"
          autoComplete="off"
          data-autofocus
          {...form.getInputProps('email')}
        />
        {make.isError && code !== 'not_found' && <FailureNotice failure={toFailure(make.error)} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" loading={make.isPending}>
            Make link
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
