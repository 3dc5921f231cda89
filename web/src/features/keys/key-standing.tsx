import type { Key } from '@keyward/shared/keys';
import { StatusMark } from '../../ui/status-mark.tsx';
import { KeyExpiry } from './key-expiry.tsx';
import classes from './key-pieces.module.css';
import { statusLabels, statusTones } from './labels.ts';

/** Whether it is accepted now, and until when. */
export function KeyStanding({ apiKey }: { apiKey: Key }) {
  const { status, expiresAt } = apiKey;
  const isLiving = status === 'active' || status === 'suspended';
  return (
    <>
      <StatusMark tone={statusTones[status]}>{statusLabels[status]}</StatusMark>
      <span className={classes.second}>
        {isLiving && expiresAt === null ? (
          'Never expires'
        ) : (
          <>
            {isLiving && 'Until '}
            <KeyExpiry apiKey={apiKey} />
          </>
        )}
      </span>
    </>
  );
}
