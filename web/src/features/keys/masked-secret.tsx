import type { Key } from '@keyward/shared/keys';
import classes from './masked-secret.module.css';

/** How a key is told from others without its secret: prefix and last four. */
export function MaskedSecret({ apiKey }: { apiKey: Pick<Key, 'start' | 'last4'> }) {
  return (
    <code className={classes.root}>
      {apiKey.start}
      <span aria-hidden="true">…</span>
      <span className="visually-hidden">, ends in </span>
      {apiKey.last4}
    </code>
  );
}
