import type { Key } from '@keyward/shared/keys';
import { KeyCard } from './key-card.tsx';
import classes from './key-cards.module.css';

interface KeyCardsProps {
  keys: readonly Key[];
  onRevoke: (key: Key) => void;
}

/** The list of keys where a table has no room. */
export function KeyCards({ keys, onRevoke }: KeyCardsProps) {
  return (
    <ul className={classes.list} aria-label="API keys, newest first">
      {keys.map((key) => (
        <KeyCard key={key.id} apiKey={key} onRevoke={onRevoke} />
      ))}
    </ul>
  );
}
