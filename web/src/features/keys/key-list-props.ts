import type { Key } from '@keyward/shared/keys';
import type { KeyActivity } from './use-key-activity.ts';
import type { KeySelection } from './use-key-selection.ts';

/** What the list of keys shows, as a table or as cards. */
export interface KeyListProps {
  keys: readonly Key[];
  activity: KeyActivity;
  isExposed: (keyId: string) => boolean;
  selection: KeySelection;
  onRevoke: (key: Key) => void;
}
