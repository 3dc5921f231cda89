import type { Key } from '@keyward/shared/keys';
import { trpc } from '../../../lib/trpc.ts';
import { notify } from '../../../ui/notify.ts';
import { notifyFailure } from '../../../ui/notify-failure.ts';
import { describeSaved } from './describe-saved.tsx';

/** A new name changes no authority, so it is shown before the server has said yes. */
export const isRename = (changes: object): boolean => Object.keys(changes).join() === 'name';

/** Saves the edits of a key. A mere rename shows at once, and is taken back where it is refused. */
export function useUpdateKey(key: Key, onSaved: () => void) {
  const utils = trpc.useUtils();
  const input = { id: key.id };
  return trpc.keys.update.useMutation({
    async onMutate({ changes }) {
      if (!isRename(changes)) {
        return;
      }
      await utils.keys.get.cancel(input);
      utils.keys.get.setData(input, (shown) => shown && { ...shown, name: changes.name ?? '' });
      onSaved();
    },
    onSuccess: (changed, { changes }) => {
      void notify(describeSaved(key, changed));
      // A rename has closed its dialog before: what is open by now is another edit.
      if (!isRename(changes)) {
        onSaved();
      }
    },
    onError: (error, { changes }) => {
      if (isRename(changes)) {
        utils.keys.get.setData(input, (shown) => shown && { ...shown, name: key.name });
        notifyFailure(error);
      }
    },
    onSettled: () => utils.keys.invalidate(),
  });
}
