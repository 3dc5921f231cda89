import { useMutationState } from '@tanstack/react-query';
import { getMutationKey } from '@trpc/react-query';
import { useEffect, useState } from 'react';
import { trpc } from '../../lib/trpc.ts';
import { notifyFailure } from '../../ui/notify-failure.ts';
import type { ReviewItem } from './review-item.ts';
import { useReviewPages } from './use-review-pages.ts';
import { useSkipped } from './use-skipped.ts';

/** So many keys before the last one that is known, the next page is asked for. */
const ahead = 4;

/** The review: which key is asked about, how far it is, and what can be decided. */
export function useReview(first: string | undefined) {
  const pages = useReviewPages(first);
  const skipping = useSkipped(first);
  const revoked = useRevoked();
  /** By id, when it was recorded; null while that is on its way. */
  const [kept, setKept] = useState<ReadonlyMap<string, string | null>>(new Map());
  const [currentId, setCurrentId] = useState<string | null>(null);
  const utils = trpc.useUtils();

  const found = pages.data?.pages ?? [];
  const waiting = uniqueItems(found.flatMap((page) => page.data)).filter(
    ({ key }) => !kept.has(key.id) && !revoked.has(key.id),
  );
  const queue = waiting.filter(({ key }) => !skipping.skipped.has(key.id));
  // The one that is being looked at stays, whatever a later answer puts before it.
  const current = queue.find(({ key }) => key.id === currentId) ?? queue[0] ?? null;
  if (current !== null && current.key.id !== currentId) {
    setCurrentId(current.key.id);
  }

  const { hasNextPage, isFetching, isFetchNextPageError, fetchNextPage } = pages;
  const wantsMore = queue.length <= ahead && hasNextPage && !isFetching && !isFetchNextPageError;
  useEffect(() => {
    if (wantsMore) {
      void fetchNextPage();
    }
  }, [wantsMore, fetchNextPage]);

  const record = (id: string, reviewedAt: string | null) =>
    setKept((before) => new Map(before).set(id, reviewedAt));
  const keep = trpc.keys.keep.useMutation({
    onMutate: ({ id }) => record(id, null),
    onSuccess: ({ id, reviewedAt }) => {
      record(id, reviewedAt);
      void utils.keys.attention.invalidate();
    },
    onError: (error, { id }) => {
      setKept((before) => new Map([...before].filter(([one]) => one !== id)));
      notifyFailure(error);
    },
  });

  const counts = found
    .toSorted((one, other) => one.countedAt.localeCompare(other.countedAt))
    .at(-1);
  const since = counts?.countedAt ?? '';
  const keptSince = [...kept.values()].filter((at) => at === null || at > since).length;
  return {
    pages,
    current,
    /** Whether the next key is on its way. */
    isWaiting: current === null && (hasNextPage || pages.isFetching) && !pages.isError,
    progress:
      counts === undefined
        ? null
        : {
            total: counts.total,
            reviewed: Math.min(counts.total, counts.reviewed + keptSince),
            nextDueAt: counts.nextDueAt,
          },
    skipped: waiting.length - queue.length,
    keep: (id: string) => keep.mutate({ id }),
    skip: (id: string) => {
      skipping.skip(id);
      setCurrentId(null);
    },
    unskip: skipping.clear,
  };
}

/** The keys that were revoked since the console was opened: the dialog that does it stands elsewhere. */
function useRevoked(): ReadonlySet<string> {
  const ids = useMutationState<string | undefined>({
    filters: { mutationKey: getMutationKey(trpc.keys.revoke), status: 'success' },
    // What a mutation was called with has no type in the cache.
    select: ({ state }) => (state.variables as { id: string } | undefined)?.id,
  });
  return new Set(ids.filter((id) => id !== undefined));
}

/** A key whose place changed between two pages may stand on both. */
function uniqueItems(items: readonly ReviewItem[]): ReviewItem[] {
  return [...new Map(items.map((item) => [item.key.id, item])).values()];
}
