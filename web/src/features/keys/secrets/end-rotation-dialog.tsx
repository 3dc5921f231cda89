import { Dialog } from '../../../ui/dialog.tsx';
import { type EndedRotation, EndRotationForm } from './end-rotation-form.tsx';
import type { Underway } from './rotation.ts';

interface EndRotationDialogProps {
  keyId: string;
  underway: Underway;
  action: 'finish' | 'rollback';
  isOpen: boolean;
  onClose: () => void;
  onEnded: (ended: EndedRotation) => void;
}

export function EndRotationDialog({ action, isOpen, onClose, ...form }: EndRotationDialogProps) {
  return (
    <Dialog
      title={action === 'finish' ? 'Finish the rotation' : 'Roll the rotation back'}
      isOpen={isOpen}
      onClose={onClose}
    >
      <EndRotationForm action={action} onCancel={onClose} {...form} />
    </Dialog>
  );
}
