import type { Key } from '@keyward/shared/keys';
import { useEffect } from 'react';
import { trpc } from '../../../lib/trpc.ts';

const pollMilliseconds = 2_000;

/** What is known of a key's secrets; while it rotates, asked again and again as long as the page is seen. */
export function useRotation({ id, secrets }: Key) {
  const utils = trpc.useUtils();
  const query = trpc.keys.rotation.useQuery(
    { id },
    {
      refetchInterval: ({ state }) =>
        (state.data?.secrets.length ?? 0) > 1 ? pollMilliseconds : false,
    },
  );
  const known = secrets.map((secret) => secret.last4).join();
  const seen = query.data?.secrets.map((secret) => secret.last4).join();
  // A rotation ends by itself too: the heading of the page then has to learn of it.
  useEffect(() => {
    if (seen !== undefined && seen !== known) {
      void utils.keys.get.invalidate({ id });
    }
  }, [seen, known, id, utils]);
  return query;
}
