import { useState } from 'react';
import { formatCount } from '../../../lib/format-time.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { notify } from '../../../ui/notify.ts';
import type { KeyFilters } from '../key-filters.ts';
import { ExportForm } from './export-form.tsx';
import { ExportProgress } from './export-progress.tsx';
import { useKeyExport } from './use-key-export.ts';

interface ExportDialogProps {
  filters: KeyFilters;
  onClose: () => void;
}

/** Asks for a format, reads the keys page by page, and hands the file over. Mounted for one export. */
export default function ExportDialog({ filters, onClose }: ExportDialogProps) {
  // The list goes on in the background, and would change what was asked.
  const [asked] = useState(filters);
  const run = useKeyExport(asked, (count) => {
    onClose();
    void notify({
      title: `${formatCount(count)} ${count === 1 ? 'key' : 'keys'} exported`,
      message: 'The file is among your downloads.',
    });
  });
  const close = () => {
    run.stop();
    onClose();
  };
  return (
    <Dialog title="Export keys" isOpen isBusy={run.state === 'running'} onClose={close}>
      {run.state === 'ready' ? (
        <ExportForm filters={asked} onExport={run.start} onCancel={close} />
      ) : (
        <ExportProgress run={run} onClose={close} />
      )}
    </Dialog>
  );
}
