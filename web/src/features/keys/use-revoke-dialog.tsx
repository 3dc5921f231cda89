import type { Key } from '@keyward/shared/keys';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { RevokeKeyDialog } from './revoke-key-dialog.tsx';

/** The dialog that revokes a key, and what opens it. */
export function useRevokeDialog() {
  const [target, setTarget] = useState<Key | null>(null);
  const [isOpen, { open, close }] = useDisclosure(false);
  const askToRevoke = (key: Key) => {
    setTarget(key);
    open();
  };
  const dialog = target !== null && (
    <RevokeKeyDialog target={target} isOpen={isOpen} onClose={close} />
  );
  return { askToRevoke, dialog };
}
