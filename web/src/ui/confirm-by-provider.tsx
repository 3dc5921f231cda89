import { trpc } from '../lib/trpc.ts';
import { ProviderButton } from './provider-button.tsx';

/** Has the provider ask again, and comes back to this page. What was asked for is then done once more. */
export function ConfirmByProvider() {
  const session = trpc.account.session.useQuery();
  const begin = trpc.account.provider.beginConfirmation.useMutation();
  const name = session.data?.provider?.name;
  if (name === undefined) {
    return null;
  }
  const { pathname, search } = window.location;
  return (
    <ProviderButton
      label={`Confirm with ${name}`}
      begin={() => begin.mutateAsync({ returnTo: pathname + search })}
    />
  );
}
