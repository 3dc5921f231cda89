import { trpc } from '../../../lib/trpc.ts';
import type { MintedKey } from './secret-step.tsx';

/**
 * Creates a key and hands its secret over. The mutation is forgotten at once, and with it the only
 * other place in this page that holds the secret.
 */
export function useCreateKey(onCreated: (minted: MintedKey) => void) {
  const utils = trpc.useUtils();
  const create = trpc.keys.create.useMutation({
    gcTime: 0,
    onSuccess: ({ key, secret }) => {
      void utils.keys.invalidate();
      if (secret !== null) {
        onCreated({ key, secret });
      }
    },
    onSettled: (_, error) => {
      if (error === null) {
        create.reset();
      }
    },
  });
  return create;
}
