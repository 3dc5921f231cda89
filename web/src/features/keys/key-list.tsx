import type { Key } from '@keyward/shared/keys';
import { useMediaQuery } from '@mantine/hooks';
import { KeyCards } from './key-cards.tsx';
import classes from './key-list.module.css';
import { KeyTable } from './key-table.tsx';

interface KeyListProps {
  keys: readonly Key[];
  /** Whether the answer to newer filters is still on its way. */
  isStale: boolean;
  onRevoke: (key: Key) => void;
}

/** A table where there is room for one, else cards that say the same. */
export function KeyList({ keys, isStale, onRevoke }: KeyListProps) {
  const isWide = useMediaQuery('(min-width: 70em)', true, { getInitialValueInEffect: false });
  const List = isWide ? KeyTable : KeyCards;
  return (
    <div className={classes.root} aria-busy={isStale}>
      <List keys={keys} onRevoke={onRevoke} />
    </div>
  );
}
