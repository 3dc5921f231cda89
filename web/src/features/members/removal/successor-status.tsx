import { RelativeTime } from '../../../ui/relative-time.tsx';
import type { LeaverKey } from '../member.ts';
import { KeyName } from './key-name.tsx';
import classes from './leaver-key.module.css';
import { isStillCalled } from './leaver-work.ts';

/** The bot key that goes on with the work, and whether it has been seen at it. */
export function SuccessorStatus({ leaver }: { leaver: LeaverKey }) {
  const { key, successor } = leaver;
  if (successor === null) {
    return null;
  }
  const { lastUsedAt } = successor.usage;
  return (
    <div className={classes.successor} role="status">
      <p className={classes.over}>
        Handed over to <KeyName apiKey={successor} />
      </p>
      <p className={classes.note}>
        {lastUsedAt === null ? (
          'Waiting for its first call. Lost the secret? Rotate the bot key for another.'
        ) : (
          <>
            Last called <RelativeTime time={lastUsedAt} />.{' '}
            {isStillCalled(leaver) && key.usage.lastUsedAt !== null ? (
              <strong className={classes.still}>
                The old key was called after it, <RelativeTime time={key.usage.lastUsedAt} />:
                something has not switched yet.
              </strong>
            ) : (
              'The old key has been quiet since.'
            )}
          </>
        )}
      </p>
    </div>
  );
}
