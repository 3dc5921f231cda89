import type { KeyExposure } from '@keyward/shared/exposures';
import { trpc } from '../../../lib/trpc.ts';

const staleTime = 30_000;
const mostAtOnce = 200;

export interface Exposures {
  /** Where secrets of a key were found that it still has, newest first. */
  liveOf: (keyId: string) => KeyExposure[];
  /** The same of all its secrets, those that have retired included. */
  allOf: (keyId: string) => KeyExposure[];
  isPending: boolean;
}

/** Where secrets of these keys were found. Asked for by group, as a list comes in pages. */
export function useExposures(groups: readonly (readonly string[])[]): Exposures {
  const asked = groups.flatMap(chunks);
  const queries = trpc.useQueries((t) =>
    asked.map((ids) => t.keys.exposures({ ids: [...ids] }, { staleTime })),
  );
  const found = queries.flatMap(({ data }) => data ?? []);
  const allOf = (keyId: string) => found.filter((exposure) => exposure.keyId === keyId);
  return {
    allOf,
    liveOf: (keyId) => allOf(keyId).filter(({ isLive }) => isLive),
    isPending: queries.some(({ isPending }) => isPending),
  };
}

function chunks(ids: readonly string[]): (readonly string[])[] {
  const starts = Array.from(
    { length: Math.ceil(ids.length / mostAtOnce) },
    (_, n) => n * mostAtOnce,
  );
  return starts.map((start) => ids.slice(start, start + mostAtOnce));
}
