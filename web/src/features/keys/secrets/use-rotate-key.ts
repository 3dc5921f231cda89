import { trpc } from '../../../lib/trpc.ts';
import type { MintedSecret } from './new-secret.tsx';

/**
 * Rotates a key and hands the new secret over. The mutation is forgotten at once, and with it the only
 * other place in this page that holds the secret.
 */
export function useRotateKey(onMinted: (minted: MintedSecret) => void) {
  const utils = trpc.useUtils();
  const rotate = trpc.keys.rotate.useMutation({
    gcTime: 0,
    onSuccess: ({ key, secret }) => {
      onMinted({ secret, last4: key.last4 });
      void utils.keys.invalidate();
    },
    onError: () => void utils.keys.invalidate(),
    onSettled: (_, error) => {
      if (error === null) {
        rotate.reset();
      }
    },
  });
  return rotate;
}
