import { Stack, Text } from '@mantine/core';
import { trpc } from '../lib/trpc.ts';
import { ProviderButton } from './provider-button.tsx';

/** Has the provider ask again, and comes back to this page, where what was asked for can be done again. */
export function ConfirmByProvider() {
  const session = trpc.account.session.useQuery();
  const begin = trpc.account.provider.beginConfirmation.useMutation();
  const name = session.data?.provider?.name;
  if (name === undefined) {
    return null;
  }
  const { pathname, search } = window.location;
  return (
    <Stack gap="xs">
      <ProviderButton
        label={`Confirm with ${name}`}
        begin={() => begin.mutateAsync({ returnTo: pathname + search })}
      />
      <Text size="sm">
        It leaves this page and comes back to it. What you filled in here is to be filled in again.
      </Text>
    </Stack>
  );
}
