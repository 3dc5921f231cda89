import type { Key } from '@keyward/shared/keys';
import { Dialog } from '../../ui/dialog.tsx';
import { EditKeyDialog } from './edit/edit-key-dialog.tsx';
import { RevokeKeyDialog } from './revoke-key-dialog.tsx';
import { SuspendKeyForm } from './suspend-key-form.tsx';

export type KeyAction = 'edit' | 'suspend' | 'resume' | 'revoke';

interface KeyDialogsProps {
  apiKey: Key;
  /** What is being asked about; null for nothing. */
  asked: KeyAction | null;
  onClose: () => void;
}

/** The questions that the actions of a key ask before anything is done. */
export function KeyDialogs({ apiKey, asked, onClose }: KeyDialogsProps) {
  return (
    <>
      <EditKeyDialog target={apiKey} isOpen={asked === 'edit'} onClose={onClose} />
      <Dialog title={`Suspend ${apiKey.name}`} isOpen={asked === 'suspend'} onClose={onClose}>
        <SuspendKeyForm target={apiKey} status="suspended" onDone={onClose} />
      </Dialog>
      <Dialog title={`Resume ${apiKey.name}`} isOpen={asked === 'resume'} onClose={onClose}>
        <SuspendKeyForm target={apiKey} status="active" onDone={onClose} />
      </Dialog>
      <RevokeKeyDialog target={apiKey} isOpen={asked === 'revoke'} onClose={onClose} />
    </>
  );
}
