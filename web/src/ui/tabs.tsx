import { type KeyboardEvent, type ReactNode, useId, useState } from 'react';
import classes from './tabs.module.css';

interface Tab {
  name: string;
  content: ReactNode;
}

/** A few views of one matter, one at a time. Arrow keys move between them, Home and End to the ends. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  const id = useId();
  const [chosen, setChosen] = useState(0);
  const move = (event: KeyboardEvent<HTMLElement>) => {
    const next = nextIndex(event.key, chosen, tabs.length);
    if (next !== null) {
      event.preventDefault();
      setChosen(next);
      document.getElementById(`${id}-tab-${next}`)?.focus();
    }
  };
  return (
    <div>
      <div role="tablist" aria-label={label} className={classes.list} onKeyDown={move}>
        {tabs.map(({ name }, index) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`${id}-tab-${index}`}
            aria-selected={index === chosen}
            aria-controls={`${id}-panel-${index}`}
            tabIndex={index === chosen ? 0 : -1}
            className={classes.tab}
            onClick={() => setChosen(index)}
          >
            {name}
          </button>
        ))}
      </div>
      {tabs.map(({ name, content }, index) => (
        <div
          key={name}
          role="tabpanel"
          id={`${id}-panel-${index}`}
          aria-labelledby={`${id}-tab-${index}`}
          hidden={index !== chosen}
          className={classes.panel}
        >
          {index === chosen && content}
        </div>
      ))}
    </div>
  );
}

function nextIndex(key: string, current: number, count: number): number | null {
  switch (key) {
    case 'ArrowRight':
      return (current + 1) % count;
    case 'ArrowLeft':
      return (current + count - 1) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
