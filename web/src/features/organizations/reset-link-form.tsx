import { Button, Group, Stack, Text } from '@mantine/core';
import { formatExactTime } from '../../lib/format-time.ts';
import { trpc } from '../../lib/trpc.ts';
import { CopyBlock } from '../../ui/copy-block.tsx';
import { EmailForm } from './email-form.tsx';

/** For operators: a link by which somebody who forgot their password sets another one. */
export function ResetLinkForm({ onDone }: { onDone: () => void }) {
  const make = trpc.account.password.makeResetLink.useMutation({ gcTime: 0 });
  if (make.isSuccess) {
    const { url, expiresAt } = make.data;
    return (
      <Stack gap="md">
        <Text>
          Hand this link to <strong>{make.variables.email.trim()}</strong> on a way that you trust:
          whoever holds it sets their password. It is good once, until {formatExactTime(expiresAt)}.
        </Text>
        <CopyBlock name="link" text={url} variant="filled" />
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            Done
          </Button>
        </Group>
      </Stack>
    );
  }
  return (
    <EmailForm
      action="Make link"
      isPending={make.isPending}
      send={make.mutateAsync}
      onCancel={onDone}
    >
      <Text>
        For somebody who forgot their password. Be sure that it is them who asks. Their second
        factor is still asked for.
      </Text>
    </EmailForm>
  );
}
