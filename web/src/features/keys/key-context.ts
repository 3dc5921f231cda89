import type { Key } from '@keyward/shared/keys';
import { createContext, useContext } from 'react';

export const KeyContext = createContext<Key | null>(null);

/** The key that the page is about: every tab of it has the same. */
export function useKey(): Key {
  const key = useContext(KeyContext);
  if (key === null) {
    throw new Error('Only the tabs of a key have one.');
  }
  return key;
}
