import type { RemovedFactors } from '@keyward/shared/accounts';
import { Button, Group, Stack, Text } from '@mantine/core';
import { trpc } from '../../lib/trpc.ts';
import { EmailForm } from './email-form.tsx';

/** For operators: lets somebody back in who has lost their second factors. */
export function RemoveFactorsForm({ onDone }: { onDone: () => void }) {
  const remove = trpc.account.secondFactor.removeFrom.useMutation();
  if (remove.isSuccess) {
    return (
      <Stack gap="md">
        <Text>
          Removed from <strong>{remove.variables.email.trim()}</strong>: {describe(remove.data)}.
          They are signed out everywhere, sign in by password or single sign-on now, and can set up
          another second factor on their account page. Have they neither, make them a password reset
          link.
        </Text>
        <Group justify="flex-end">
          <Button variant="default" ref={focus} onClick={onDone}>
            Done
          </Button>
        </Group>
      </Stack>
    );
  }
  return (
    <EmailForm
      action="Remove second factors"
      color="red"
      isPending={remove.isPending}
      send={remove.mutateAsync}
      onCancel={onDone}
    >
      <Text>
        For somebody who lost their phone and their recovery codes. Be sure that it is them who
        asks: their authenticator, passkeys and recovery codes end, and they are signed out
        everywhere. Their password and single sign-on stay.
      </Text>
      <Text>
        Did somebody else have the account? Have its owner set a new password first, by a password
        reset link.
      </Text>
    </EmailForm>
  );
}

// What had the focus is gone with the form.
const focus = (button: HTMLButtonElement | null) => button?.focus();

function describe({ authenticator, passkeys }: RemovedFactors): string {
  const parts = [
    ...(authenticator ? ['an authenticator'] : []),
    ...(passkeys > 0 ? [passkeys === 1 ? 'a passkey' : `${passkeys} passkeys`] : []),
  ];
  return `${parts.join(', ')} and the recovery codes`;
}
