import { useMediaQuery } from '@mantine/hooks';
import { KeyCards } from './key-cards.tsx';
import classes from './key-list.module.css';
import type { KeyListProps } from './key-list-props.ts';
import { KeyTable } from './key-table.tsx';

interface Props extends KeyListProps {
  /** Whether the answer to newer filters is still on its way. */
  isStale: boolean;
}

/** A table where there is room for one, else cards that say the same. */
export function KeyList({ isStale, ...list }: Props) {
  const isWide = useMediaQuery('(min-width: 78em)', true, { getInitialValueInEffect: false });
  const List = isWide ? KeyTable : KeyCards;
  return (
    <div className={classes.root} aria-busy={isStale}>
      <List {...list} />
    </div>
  );
}
