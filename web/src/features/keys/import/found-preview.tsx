import classes from './import-keys.module.css';
import type { FoundKey } from './read-keys.ts';

const mostShown = 5;

/** What would be imported: how many of which service, and the first of them. */
export function FoundPreview({ found }: { found: readonly FoundKey[] }) {
  const byService = Map.groupBy(found, ({ key }) => key.service);
  return (
    <section aria-label="What was found" className={classes.preview}>
      <p role="status">
        {[...byService]
          .map(([service, keys]) => `${keys.length.toLocaleString()} for ${service}`)
          .join(', ')}
        . Each becomes a bot key. Those that are here already are skipped.
      </p>
      <ul className={classes.keys}>
        {found.slice(0, mostShown).map(({ place, key }) => (
          <li key={place}>
            <span className={classes.name}>{key.name}</span>
            <code>
              {key.start ?? ''}…{key.last4 ?? ''}
            </code>
          </li>
        ))}
        {found.length > mostShown && (
          <li>and {(found.length - mostShown).toLocaleString()} more</li>
        )}
      </ul>
    </section>
  );
}
