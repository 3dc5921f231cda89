import { useState } from 'react';
import { trpc } from '../../lib/trpc.ts';
import type { UsageBucket } from '../../lib/usage-rows.ts';
import { type Bucket, beginOf, type UsageRange } from './usage-range.ts';

/** The calls of a key by outcome, and what they are the calls of. */
export interface KeyUsage {
  keyId: string;
  range: UsageRange;
  bucket: Bucket;
  buckets: readonly UsageBucket[];
  from: Date;
  to: Date;
}

const quietMilliseconds = 30_000;
/** Somebody may be waiting for the first call. */
const eagerMilliseconds = 3_000;

/** How long to wait before asking again, by whether anything has been seen. */
export const askAgainAfter = (isEmpty: boolean): number =>
  isEmpty ? eagerMilliseconds : quietMilliseconds;

/**
 * The calls of a key by outcome, asked for again and again. While another range is on its way, what was
 * shown stays, with the range that it is of.
 */
export function useKeyUsage(keyId: string, range: UsageRange, bucket: Bucket) {
  const from = beginOf(range, bucket);
  const query = trpc.keys.usage.useQuery(
    { id: keyId, bucket, from: from.toISOString() },
    { refetchInterval: ({ state }) => askAgainAfter(state.data?.length === 0) },
  );
  const [shown, setShown] = useState<KeyUsage | null>(null);
  const buckets = query.data;
  if (buckets !== undefined && buckets !== shown?.buckets) {
    const to = new Date(Math.max(query.dataUpdatedAt, lastMoment(buckets)));
    setShown({ keyId, range, bucket, buckets, from, to });
  }
  const usage = shown?.keyId === keyId ? shown : null;
  return { usage, query, isStale: query.isPending };
}

/** A moment of the newest bucket, for a computer whose clock is behind the server's. */
function lastMoment(buckets: readonly UsageBucket[]): number {
  const last = buckets.at(-1);
  return last === undefined ? 0 : Date.parse(last.at) + 1;
}
