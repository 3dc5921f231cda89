import type { Key } from '@keyward/shared/keys';
import { RelativeTime } from '../../ui/relative-time.tsx';
import classes from './key-pieces.module.css';

/** When it was last used, and from where. */
export function LastUsed({ apiKey: { usage } }: { apiKey: Key }) {
  if (usage.lastUsedAt === null) {
    return <span className={classes.never}>Never</span>;
  }
  return (
    <>
      <span className={classes.first}>
        <RelativeTime time={usage.lastUsedAt} />
      </span>
      <span className={classes.second}>{usage.lastUsedIp}</span>
    </>
  );
}
