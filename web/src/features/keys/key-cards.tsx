import { KeyCard } from './key-card.tsx';
import classes from './key-cards.module.css';
import type { KeyListProps } from './key-list-props.ts';
import { SelectAll, selectAllId } from './select-all.tsx';

/** The list of keys where a table has no room. */
export function KeyCards({ keys, activity, isExposed, selection, onRevoke }: KeyListProps) {
  return (
    <>
      <label htmlFor={selectAllId} className={classes.all}>
        <SelectAll keys={keys} selection={selection} />
        Select all shown
      </label>
      <ul className={classes.list} aria-label="API keys, newest first">
        {keys.map((key) => (
          <KeyCard
            key={key.id}
            apiKey={key}
            days={activity(key.id)}
            isExposed={isExposed(key.id)}
            isSelected={selection.has(key.id)}
            onSelect={(isSelected) => selection.set([key.id], isSelected)}
            onRevoke={onRevoke}
          />
        ))}
      </ul>
    </>
  );
}
