import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import type { KeyFilters } from '../key-filters.ts';

// Most visits export nothing: what reads and writes comes when it is wanted.
const ExportDialog = lazy(() => import('./export-dialog.tsx'));

/** Takes the keys that pass the filters along as a file. */
export function ExportKeys({ filters }: { filters: KeyFilters }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconDownload size={16} />}
        onClick={() => setOpen(true)}
      >
        Export
      </Button>
      <Suspense>
        {isOpen && <ExportDialog filters={filters} onClose={() => setOpen(false)} />}
      </Suspense>
    </>
  );
}
