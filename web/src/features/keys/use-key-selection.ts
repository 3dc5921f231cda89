import type { Key } from '@keyward/shared/keys';
import { useState } from 'react';

export interface KeySelection {
  /** Of the keys that are shown: nothing is done to what is out of sight. */
  selected: readonly Key[];
  has: (keyId: string) => boolean;
  set: (keyIds: readonly string[], isSelected: boolean) => void;
}

export function useKeySelection(shown: readonly Key[]): KeySelection {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  return {
    selected: shown.filter(({ id }) => ids.has(id)),
    has: (keyId) => ids.has(keyId),
    set: (keyIds, isSelected) =>
      setIds((before) => {
        const after = new Set(before);
        for (const id of keyIds) {
          isSelected ? after.add(id) : after.delete(id);
        }
        return after;
      }),
  };
}
