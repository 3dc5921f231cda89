import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { makePasskey } from '../../../lib/passkeys.ts';
import { trpc } from '../../../lib/trpc.ts';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { usePasskey } from '../../../ui/use-passkey.ts';

interface AddPasskeyProps {
  onCancel: () => void;
  /** With recovery codes, where there were none. */
  onDone: (recoveryCodes: readonly string[] | null) => void;
}

export function AddPasskey({ onCancel, onDone }: AddPasskeyProps) {
  const [name, setName] = useState('');
  const offer = trpc.account.passkeys.offer.useMutation({ gcTime: 0 });
  const add = trpc.account.passkeys.add.useMutation({ gcTime: 0 });
  const { isPending, failure, run } = usePasskey();
  const begin = () =>
    run(async () => {
      const { options } = await offer.mutateAsync();
      const response = await makePasskey(options);
      const called = name.trim() === '' ? {} : { name: name.trim() };
      onDone((await add.mutateAsync({ response, ...called })).recoveryCodes);
    });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void begin();
  };
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <Text>
          Your browser asks where to keep it. The first second factor signs you out everywhere else.
        </Text>
        <TextInput
          label="Name"
          description="By which you will know it, such as Work laptop."
          maxLength={60}
          autoComplete="off"
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {failure !== null && <FailureNotice failure={failure} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={isPending}>
            Add passkey
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
