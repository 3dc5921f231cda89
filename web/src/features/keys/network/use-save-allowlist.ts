import type { Receipt } from '@keyward/shared/keys';
import { useState } from 'react';
import { trpc } from '../../../lib/trpc.ts';
import { useKey } from '../key-context.ts';

/** Saves an allowlist. It is done when no node admits by the old one. */
export function useSaveAllowlist(onSaved: (receipt: Receipt) => void) {
  const { id, ipAllowlist } = useKey();
  // As it was when the form was opened, which began with it.
  const [seen] = useState(ipAllowlist);
  const utils = trpc.useUtils();
  const update = trpc.keys.update.useMutation({
    onSuccess: ({ key, receipt }) => {
      utils.keys.get.setData({ id }, key);
      void utils.keys.invalidate();
      onSaved(receipt);
    },
    onError: () => utils.keys.get.invalidate({ id }),
  });
  const save = (wanted: readonly string[]) =>
    update.mutate({ id, changes: { ipAllowlist: [...wanted] }, seen: { ipAllowlist: seen } });
  return { save, update };
}
