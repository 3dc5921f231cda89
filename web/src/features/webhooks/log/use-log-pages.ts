import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { getQueryKey } from '@trpc/react-query';
import { trpc } from '../../../lib/trpc.ts';
import { type LogFilter, statusesOf } from '../log-filter.ts';
import { refetchEvery } from '../refetch-every.ts';
import type { LogEntry } from '../standing.ts';

const pageSize = 20;

/** What was sent to a webhook, newest first, page by page; it follows what is under way. */
export function useLogPages(webhookId: string, filter: LogFilter) {
  const { client } = trpc.useUtils();
  const input = { id: webhookId, statuses: statusesOf[filter] };
  return useInfiniteQuery({
    queryKey: getQueryKey(trpc.webhooks.log, input, 'infinite'),
    queryFn: ({ pageParam: cursor, signal }) =>
      client.webhooks.log.query(
        { ...input, limit: pageSize, ...(cursor !== null && { cursor }) },
        { signal },
      ),
    // The type that every page's cursor has; the first page has none.
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      refetchEvery(waitingOf(state.data?.pages.flatMap(({ data }) => data) ?? [])),
  });
}

function waitingOf(entries: readonly LogEntry[]) {
  const waiting = entries.filter(({ status }) => status === 'pending');
  const due = waiting.map(({ nextAttemptAt, createdAt }) => nextAttemptAt ?? createdAt);
  return { pending: waiting.length, nextAttemptAt: due.sort()[0] ?? null };
}
