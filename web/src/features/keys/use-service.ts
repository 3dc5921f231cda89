import { useQueryClient } from '@tanstack/react-query';
import { getQueryKey } from '@trpc/react-query';
import { trpc } from '../../lib/trpc.ts';

/** The service of one key: from the catalog where a page before has read that, and else by itself. */
export function useService(slug: string) {
  const utils = trpc.useUtils();
  const queryClient = useQueryClient();
  const query = trpc.services.get.useQuery(
    { slug },
    {
      staleTime: 60_000,
      initialData: () => utils.services.list.getData()?.find((one) => one.slug === slug),
      initialDataUpdatedAt: () =>
        queryClient.getQueryState(getQueryKey(trpc.services.list, undefined, 'query'))
          ?.dataUpdatedAt,
    },
  );
  return query.data;
}
