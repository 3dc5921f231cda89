import type { Key } from '@keyward/shared/keys';
import { Dialog } from '../../ui/dialog.tsx';
import { RevokeKeyForm } from './revoke-key-form.tsx';

interface RevokeKeyDialogProps {
  target: Key;
  isOpen: boolean;
  onClose: () => void;
}

export function RevokeKeyDialog({ target, isOpen, onClose }: RevokeKeyDialogProps) {
  return (
    <Dialog title={`Revoke ${target.name}`} isOpen={isOpen} onClose={onClose}>
      <RevokeKeyForm target={target} onDone={onClose} />
    </Dialog>
  );
}
