import type { Receipt } from '@keyward/shared/keys';
import { Dialog } from '../../../ui/dialog.tsx';
import { AllowlistForm } from './allowlist-form.tsx';

interface AllowlistDialogProps {
  title: string;
  /** What the list begins with; null while it is closed. */
  entries: readonly string[] | null;
  onClose: () => void;
  onSaved: (receipt: Receipt) => void;
}

export function AllowlistDialog({ title, entries, onClose, onSaved }: AllowlistDialogProps) {
  return (
    <Dialog title={title} isOpen={entries !== null} onClose={onClose}>
      {entries !== null && <AllowlistForm entries={entries} onCancel={onClose} onSaved={onSaved} />}
    </Dialog>
  );
}
