import { useInfiniteQuery } from '@tanstack/react-query';
import { getQueryKey } from '@trpc/react-query';
import { useState } from 'react';
import { trpc } from '../../lib/trpc.ts';

/**
 * The keys that are due, ten at a time with all that is shown of them, so that the next one is there
 * before it is wanted. Not tRPC's own hook, which adds a `direction` that the strict input refuses.
 * @param first the key to begin with, as the page was opened; what the address says later changes nothing.
 */
export function useReviewPages(first: string | undefined) {
  const { client } = trpc.useUtils();
  const [input] = useState(() => (first === undefined ? {} : { first }));
  return useInfiniteQuery({
    queryKey: getQueryKey(trpc.keys.review, input, 'infinite'),
    queryFn: ({ pageParam: cursor, signal }) =>
      client.keys.review.query({ ...input, ...(cursor !== null && { cursor }) }, { signal }),
    // The type that every page's cursor has; the first page has none.
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    // A later visit begins with what is due then.
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}
