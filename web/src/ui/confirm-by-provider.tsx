import { Stack, Text } from '@mantine/core';
import { useEffect } from 'react';
import { hearConfirmed } from '../lib/confirmation.ts';
import { trpc } from '../lib/trpc.ts';
import { ProviderButton } from './provider-button.tsx';

/** Has the provider ask again, in a window of its own: what was filled in here stays. */
export function ConfirmByProvider({ onConfirmed }: { onConfirmed: () => void }) {
  const session = trpc.account.session.useQuery();
  const begin = trpc.account.provider.beginConfirmation.useMutation();
  const { isIdle } = begin;
  // Not before it was begun here: what another window confirms is not meant for what waits in this one.
  useEffect(() => (isIdle ? undefined : hearConfirmed(onConfirmed)), [isIdle, onConfirmed]);
  const name = session.data?.provider?.name;
  if (name === undefined) {
    return null;
  }
  return (
    <Stack gap="xs">
      <ProviderButton label={`Confirm with ${name}`} inWindow begin={() => begin.mutateAsync()} />
      <Text size="sm">A window opens for it. This page waits, and goes on by itself.</Text>
    </Stack>
  );
}
