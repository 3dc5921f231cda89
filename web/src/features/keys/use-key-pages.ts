import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { getQueryKey } from '@trpc/react-query';
import { trpc } from '../../lib/trpc.ts';
import { type KeyFilters, toSearchInput } from './key-filters.ts';

const pageSize = 50;

/**
 * The keys that pass the filters, page by page. Not tRPC's own hook for infinite queries: that one
 * adds a `direction` to the input, which the strict contract of the list refuses.
 */
export function useKeyPages(filters: KeyFilters) {
  const { client } = trpc.useUtils();
  const input = toSearchInput(filters);
  return useInfiniteQuery({
    queryKey: getQueryKey(trpc.keys.list, input, 'infinite'),
    queryFn: ({ pageParam: cursor, signal }) =>
      client.keys.list.query(
        { ...input, limit: pageSize, ...(cursor !== null && { cursor }) },
        { signal },
      ),
    // The type that every page's cursor has; the first page has none.
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
}
