import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { httpBatchLink } from '@trpc/client';
import { createTRPCQueryUtils } from '@trpc/react-query';
import { confirmationLink } from './confirmation.ts';
import { toFailure } from './failure.ts';
import { trpc } from './trpc.ts';

// A refusal stays one however often it is asked for; a lost connection may come back.
function isPassing(error: unknown): boolean {
  const { code, mayPass } = toFailure(error);
  return mayPass && (code === null || code === 'authority_unavailable');
}

interface ApiOptions {
  /** Whose data it is; null for what belongs to the account. */
  organizationId: string | null;
  /** Called when any answer says that nobody is signed in. */
  onSignedOut: () => void;
}

/**
 * A client and a cache of their own for the account and for each organization: what was read in one
 * organization can never be shown in another.
 */
export function createApi({ organizationId, onSignedOut }: ApiOptions) {
  const onError = (error: unknown) => {
    if (toFailure(error).code === 'not_signed_in') {
      onSignedOut();
    }
  };
  const queryClient = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: { retry: (count, error) => count < 2 && isPassing(error), staleTime: 5_000 },
      mutations: { networkMode: 'always' },
    },
  });
  const client = trpc.createClient({
    links: [
      confirmationLink,
      httpBatchLink({
        url: '/trpc',
        // So that no input stands in an address, where logs would keep it.
        methodOverride: 'POST',
        maxItems: 10,
        headers: {
          'X-Keyward-Client': 'console',
          ...(organizationId !== null && { 'X-Keyward-Organization': organizationId }),
        },
      }),
    ],
  });
  return { client, queryClient, utils: createTRPCQueryUtils({ client, queryClient }) };
}

export type Api = ReturnType<typeof createApi>;
