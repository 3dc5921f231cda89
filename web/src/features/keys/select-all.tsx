import type { Key } from '@keyward/shared/keys';
import { CheckBox } from '../../ui/check-box.tsx';
import type { KeySelection } from './use-key-selection.ts';

export const selectAllId = 'select-all-keys';

interface SelectAllProps {
  keys: readonly Key[];
  selection: KeySelection;
}

/** Selects every key that is shown, or none. */
export function SelectAll({ keys, selection }: SelectAllProps) {
  const count = selection.selected.length;
  return (
    <CheckBox
      id={selectAllId}
      aria-label={`Select all ${keys.length} shown`}
      checked={count > 0 && count === keys.length}
      isPartial={count > 0 && count < keys.length}
      onChange={(isSelected) =>
        selection.set(
          keys.map(({ id }) => id),
          isSelected,
        )
      }
    />
  );
}
