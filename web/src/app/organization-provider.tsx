import { QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { createApi } from '../lib/create-api.ts';
import { type Membership, MembershipContext } from '../lib/membership.ts';
import { trpc } from '../lib/trpc.ts';

interface OrganizationProviderProps {
  membership: Membership;
  onSignedOut: () => void;
  children: ReactNode;
}

/** What is within speaks for one organization. Give it the organization's id as its React key. */
export function OrganizationProvider({
  membership,
  onSignedOut,
  children,
}: OrganizationProviderProps) {
  const [{ client, queryClient }] = useState(() =>
    createApi({ organizationId: membership.organization.id, onSignedOut }),
  );
  return (
    <MembershipContext value={membership}>
      <trpc.Provider client={client} queryClient={queryClient}>
        <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
      </trpc.Provider>
    </MembershipContext>
  );
}
