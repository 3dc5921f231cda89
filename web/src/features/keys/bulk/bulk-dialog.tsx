import type { Key } from '@keyward/shared/keys';
import { useState } from 'react';
import { Dialog } from '../../../ui/dialog.tsx';
import { notify } from '../../../ui/notify.ts';
import { type BulkAction, bulkActions, countKeys } from './bulk-actions.ts';
import { BulkConfirm } from './bulk-confirm.tsx';
import { BulkProgress } from './bulk-progress.tsx';
import { BulkSummary } from './bulk-summary.tsx';
import { useBulkRun } from './use-bulk-run.ts';

interface BulkDialogProps {
  action: BulkAction;
  /** All that were selected: those that the action is not for are left out, and it is said. */
  selected: readonly Key[];
  /** Called with the keys to which it was done. */
  onClose: (done: readonly Key[]) => void;
}

/** Asks, does and tells: the same to many keys. Mounted for one go of it. */
export default function BulkDialog({ action, selected, onClose }: BulkDialogProps) {
  // The list goes on in the background, and would change what was asked.
  const [targets] = useState(() => selected.filter(bulkActions[action].isFor));
  const run = useBulkRun(action, targets);
  const close = () => {
    run.stop();
    if (run.state === 'running') {
      void notify({
        title: `Stopped after ${run.done.length} of ${countKeys(targets.length)}`,
        message: 'The others are still selected.',
      });
    }
    onClose(run.done);
  };
  return (
    <Dialog
      title={`${bulkActions[action].label} ${countKeys(targets.length)}`}
      isOpen
      isBusy={run.state === 'running'}
      onClose={close}
    >
      {run.state === 'ready' && (
        <BulkConfirm
          action={action}
          targets={targets}
          leftOut={selected.length - targets.length}
          onConfirm={() => run.start(targets)}
          onCancel={close}
        />
      )}
      {run.state === 'running' && <BulkProgress action={action} count={targets.length} run={run} />}
      {run.state === 'over' && <BulkSummary action={action} run={run} onClose={close} />}
    </Dialog>
  );
}
