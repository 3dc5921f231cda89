import type { Key } from '@keyward/shared/keys';
import { KeyExpiry } from './key-expiry.tsx';
import classes from './key-pieces.module.css';

/** Until when a key may be used: a revoked one was so before. */
export function KeyEnd({ apiKey }: { apiKey: Key }) {
  if (apiKey.status === 'revoked') {
    return (
      <span className={classes.never}>
        <span aria-hidden="true">–</span>
        <span className="visually-hidden">Ended before</span>
      </span>
    );
  }
  return <KeyExpiry apiKey={apiKey} />;
}
