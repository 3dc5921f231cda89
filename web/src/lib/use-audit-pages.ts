import type { AppRouter } from '@keyward/server/trpc/app-router';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getQueryKey } from '@trpc/react-query';
import type { inferRouterInputs } from '@trpc/server';
import { trpc } from './trpc.ts';

type AuditFilters = Omit<inferRouterInputs<AppRouter>['audit']['list'], 'cursor' | 'limit'>;

const pageSize = 50;

/** What happened, newest first, page by page. Not by tRPC's own hook, for the reason of useKeyPages. */
export function useAuditPages(filters: AuditFilters) {
  const { client } = trpc.useUtils();
  return useInfiniteQuery({
    queryKey: getQueryKey(trpc.audit.list, filters, 'infinite'),
    queryFn: ({ pageParam: cursor, signal }) =>
      client.audit.list.query(
        { ...filters, limit: pageSize, ...(cursor !== null && { cursor }) },
        { signal },
      ),
    // The type that every page's cursor has; the first page has none.
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}
