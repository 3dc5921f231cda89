import type { Permission } from '@keyward/shared/built-in-permissions';
import type { Key } from '@keyward/shared/keys';
import { describeReceipt } from '../../../lib/describe-receipt.ts';
import { trpc } from '../../../lib/trpc.ts';
import { notify } from '../../../ui/notify.ts';

/** Saves what a key may do, and says where and how soon it came into force. */
export function useSavePermissions(
  { id, name, permissions: seen }: Pick<Key, 'id' | 'name' | 'permissions'>,
  onSaved: () => void,
) {
  const utils = trpc.useUtils();
  const update = trpc.keys.update.useMutation({
    onSuccess: ({ key, receipt }) => {
      utils.keys.get.setData({ id }, key);
      void utils.keys.invalidate();
      void utils.audit.invalidate();
      void notify({
        title: describeReceipt(receipt, 'In force'),
        message: `What ${name} may do has changed.`,
      });
      onSaved();
    },
    // It may have been refused for what somebody else has changed: the difference is shown anew.
    onError: () => utils.keys.get.invalidate({ id }),
  });
  return {
    save: (permissions: Permission[]) =>
      update.mutate({ id, changes: { permissions }, seen: { permissions: seen } }),
    isPending: update.isPending,
    error: update.error,
  };
}
