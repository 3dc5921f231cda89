import type { Permission } from '@keyward/shared/built-in-permissions';
import type { Key } from '@keyward/shared/keys';
import { describeReceipt } from '../../../lib/describe-receipt.ts';
import { trpc } from '../../../lib/trpc.ts';
import { notify } from '../../../ui/notify.ts';

/** Saves what a key may do, and says where and how soon it came into force. */
export function useSavePermissions({ id, name }: Pick<Key, 'id' | 'name'>, onSaved: () => void) {
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
  });
  return {
    save: (permissions: Permission[]) => update.mutate({ id, changes: { permissions } }),
    isPending: update.isPending,
    error: update.error,
  };
}
