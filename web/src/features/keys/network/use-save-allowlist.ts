import type { Receipt } from '@keyward/shared/keys';
import { trpc } from '../../../lib/trpc.ts';
import { useKey } from '../key-context.ts';

/** Saves an allowlist. It is done when no node admits by the old one. */
export function useSaveAllowlist(onSaved: (receipt: Receipt) => void) {
  const { id } = useKey();
  const utils = trpc.useUtils();
  const update = trpc.keys.update.useMutation({
    onSuccess: ({ key, receipt }) => {
      utils.keys.get.setData({ id }, key);
      void utils.keys.invalidate();
      onSaved(receipt);
    },
  });
  const save = (ipAllowlist: readonly string[]) =>
    update.mutate({ id, changes: { ipAllowlist: [...ipAllowlist] } });
  return { save, update };
}
