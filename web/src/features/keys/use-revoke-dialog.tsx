import type { Key } from '@keyward/shared/keys';
import { useDisclosure } from '@mantine/hooks';
import { lazy, Suspense, useState } from 'react';

// Most visits revoke nothing: it comes when it is asked for.
const RevokeKeyDialog = lazy(async () => ({
  default: (await import('./revoke-key-dialog.tsx')).RevokeKeyDialog,
}));

/** The dialog that revokes a key, and what opens it. */
export function useRevokeDialog() {
  const [target, setTarget] = useState<Key | null>(null);
  const [isOpen, { open, close }] = useDisclosure(false);
  const askToRevoke = (key: Key) => {
    setTarget(key);
    open();
  };
  const dialog = target !== null && (
    <Suspense>
      <RevokeKeyDialog target={target} isOpen={isOpen} onClose={close} />
    </Suspense>
  );
  return { askToRevoke, dialog };
}
