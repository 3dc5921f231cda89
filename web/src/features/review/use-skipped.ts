import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

/**
 * What was skipped, by the cache of one visit to one organization: a look at another page of it forgets
 * nothing, and whoever signs in next begins anew.
 */
const skippedOf = new WeakMap<QueryClient, ReadonlySet<string>>();

/** @param first a key that is asked for by name is not skipped any more. */
export function useSkipped(first: string | undefined) {
  const visit = useQueryClient();
  const [skipped, setSkipped] = useState<ReadonlySet<string>>(
    () => new Set([...(skippedOf.get(visit) ?? [])].filter((id) => id !== first)),
  );
  const store = (next: ReadonlySet<string>) => {
    skippedOf.set(visit, next);
    setSkipped(next);
  };
  return {
    skipped,
    skip: (id: string) => store(new Set([...skipped, id])),
    clear: () => store(new Set()),
  };
}
