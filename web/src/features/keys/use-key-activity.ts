import type { Key } from '@keyward/shared/keys';
import { trpc } from '../../lib/trpc.ts';
import type { SparkDay } from '../../ui/spark-bars.tsx';

/** The last seven days of keys by their ids: undefined while they are not known, null where they cannot be. */
export type KeyActivity = (keyId: string) => readonly SparkDay[] | null | undefined;

const staleTime = 30_000;

/** Asked for by page once a page is there: no list waits for it, and no row asks by itself. */
export function useKeyActivity(pages: readonly (readonly Key[])[]): KeyActivity {
  const asked = pages.filter((keys) => keys.length > 0);
  const queries = trpc.useQueries((t) =>
    asked.map((keys) => t.keys.activity({ ids: keys.map(({ id }) => id) }, { staleTime })),
  );
  const known = new Map<string, readonly SparkDay[] | null>();
  asked.forEach((keys, index) => {
    const query = queries[index];
    if (query !== undefined && !query.isPending) {
      for (const { id } of keys) {
        known.set(id, null);
      }
      for (const { id, days } of query.data ?? []) {
        known.set(id, days);
      }
    }
  });
  return (keyId) => known.get(keyId);
}
