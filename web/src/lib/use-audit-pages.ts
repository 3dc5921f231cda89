import type { AppRouter } from '@keyward/server/trpc/app-router';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { getQueryKey } from '@trpc/react-query';
import type { inferRouterInputs } from '@trpc/server';
import { trpc } from './trpc.ts';

export type AuditInput = Omit<inferRouterInputs<AppRouter>['audit']['list'], 'cursor' | 'limit'>;

/** Whose events: an organization's, or those of accounts and services. */
export type AuditScope = 'organization' | 'instance';

const pageSize = 50;

/** What happened, newest first, page by page. Not by tRPC's own hook, for the reason of useKeyPages. */
export function useAuditPages(filters: AuditInput, scope: AuditScope = 'organization') {
  const { client } = trpc.useUtils();
  const list = scope === 'organization' ? client.audit.list : client.audit.instance.list;
  const procedure = scope === 'organization' ? trpc.audit.list : trpc.audit.instance.list;
  return useInfiniteQuery({
    queryKey: getQueryKey(procedure, filters, 'infinite'),
    queryFn: ({ pageParam: cursor, signal }) =>
      list.query({ ...filters, limit: pageSize, ...(cursor !== null && { cursor }) }, { signal }),
    // The type that every page's cursor has; the first page has none.
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
}
