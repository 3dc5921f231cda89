import { trpc } from '../../../lib/trpc.ts';
import { notifyFailure } from '../../../ui/notify-failure.ts';

/** Puts on record that the new secret is stored. */
export function useConfirmStored(keyId: string) {
  const utils = trpc.useUtils();
  return trpc.keys.confirmStored.useMutation({
    onError: notifyFailure,
    onSettled: () => utils.keys.rotation.invalidate({ id: keyId }),
  });
}
