import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { getQueryKey } from '@trpc/react-query';
import { trpc } from '../../lib/trpc.ts';

const pageSize = 50;

/**
 * Every organization, or those with this text in them, page by page. Not tRPC's own hook for infinite
 * queries: that one adds a `direction` to the input, which the strict contract of the list refuses.
 */
export function useOrganizationPages(q: string) {
  const { client } = trpc.useUtils();
  const asked = { limit: pageSize, ...(q !== '' && { q }) };
  return useInfiniteQuery({
    queryKey: getQueryKey(trpc.organizations.listAll, asked, 'infinite'),
    queryFn: ({ pageParam: cursor, signal }) =>
      client.organizations.listAll.query(
        { ...asked, ...(cursor !== null && { cursor }) },
        { signal },
      ),
    // The type that every page's cursor has; the first page has none.
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
  });
}
