import { useState } from 'react';
import { useMembership } from '../../lib/membership.ts';

/** By organization, what was skipped since the console was opened: a look at another page forgets nothing. */
const skippedOf = new Map<string, ReadonlySet<string>>();

/** @param first a key that is asked for by name is not skipped any more. */
export function useSkipped(first: string | undefined) {
  const { organization } = useMembership();
  const [skipped, setSkipped] = useState<ReadonlySet<string>>(
    () => new Set([...(skippedOf.get(organization.id) ?? [])].filter((id) => id !== first)),
  );
  const store = (next: ReadonlySet<string>) => {
    skippedOf.set(organization.id, next);
    setSkipped(next);
  };
  return {
    skipped,
    skip: (id: string) => store(new Set([...skipped, id])),
    clear: () => store(new Set()),
  };
}
