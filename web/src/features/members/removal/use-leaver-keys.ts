import { trpc } from '../../../lib/trpc.ts';
import type { LeaverKey } from '../member.ts';

const pollMs = 3_000;

/**
 * What a removal would end, the most used keys first. While a bot key has taken over, both keys are asked
 * for again and again: the first call of the one, and the last of the other, are what is waited for.
 */
export function useLeaverKeys(userId: string, options: { enabled: boolean }) {
  const preview = trpc.members.previewRemoval.useQuery({ userId }, options);
  const handedOver = (preview.data ?? []).flatMap(({ key, successor }) =>
    successor === null ? [] : [key, successor],
  );
  const fresh = trpc.useQueries((t) =>
    handedOver.map((key) =>
      t.keys.get(
        { id: key.id },
        { initialData: key, refetchInterval: pollMs, enabled: options.enabled },
      ),
    ),
  );
  const live = new Map(fresh.flatMap(({ data }) => (data === undefined ? [] : [[data.id, data]])));
  const leaverKeys: LeaverKey[] | undefined = preview.data
    ?.map((leaver) => ({
      ...leaver,
      key: live.get(leaver.key.id) ?? leaver.key,
      successor: leaver.successor && (live.get(leaver.successor.id) ?? leaver.successor),
    }))
    .toSorted((one, other) => other.callsIn30Days - one.callsIn30Days);
  return { preview, leaverKeys };
}
