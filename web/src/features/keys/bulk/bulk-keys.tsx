import type { Key } from '@keyward/shared/keys';
import { lazy, Suspense, useState } from 'react';
import { selectAllId } from '../select-all.tsx';
import type { KeySelection } from '../use-key-selection.ts';
import type { BulkAction } from './bulk-actions.ts';
import { SelectionBar } from './selection-bar.tsx';

// Most visits change nothing: what asks and does comes when it is wanted.
const BulkDialog = lazy(() => import('./bulk-dialog.tsx'));

const idsOf = (keys: readonly Key[]) => keys.map(({ id }) => id);

/** The same for many keys at once: the bar of what can be done, and the dialog that does it. */
export function BulkKeys({ selection }: { selection: KeySelection }) {
  const [action, setAction] = useState<BulkAction | null>(null);
  const { selected } = selection;
  const leave = (ids: readonly string[]) => {
    selection.set(ids, false);
    // The bar may be gone with its buttons; the list that it was about remains.
    requestAnimationFrame(() => document.getElementById(selectAllId)?.focus());
  };
  return (
    <>
      <SelectionBar
        selected={selected}
        onChoose={setAction}
        onClear={() => leave(idsOf(selected))}
      />
      <Suspense>
        {action !== null && (
          <BulkDialog
            action={action}
            selected={selected}
            onClose={(done) => {
              setAction(null);
              leave(idsOf(done));
            }}
          />
        )}
      </Suspense>
    </>
  );
}
