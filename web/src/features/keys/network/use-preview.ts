import { keepPreviousData } from '@tanstack/react-query';
import { toFailure } from '../../../lib/failure.ts';
import { trpc } from '../../../lib/trpc.ts';
import { useKey } from '../key-context.ts';
import { describeIssue } from './allowlist-text.ts';
import type { SeenAddress } from './seen-address.ts';

const previewDays = 30;

export interface AllowlistPreviewFacts {
  /** How many addresses calls were accepted from of late; undefined while that is not known. */
  used: number | undefined;
  /** Those of them that the list would refuse. */
  refused: readonly SeenAddress[];
  /** What is wrong with the list. */
  fault: string | null;
}

/** What an allowlist would have refused of the last 30 days' addresses. The server judges it. */
export function usePreview(entries: readonly string[]): AllowlistPreviewFacts {
  const { id } = useKey();
  const query = trpc.keys.addresses.useQuery(
    { id, ipAllowlist: [...entries] },
    { enabled: entries.length > 0, placeholderData: keepPreviousData, retry: false },
  );
  const since = Date.now() - previewDays * 86_400_000;
  const used = query.data?.filter(
    ({ accepted, lastSeenAt }) => accepted > 0 && Date.parse(lastSeenAt) >= since,
  );
  return {
    used: used?.length,
    refused: used?.filter(({ isAllowed }) => !isAllowed) ?? [],
    fault: query.isError ? describeIssue(toFailure(query.error).issues, entries) : null,
  };
}
