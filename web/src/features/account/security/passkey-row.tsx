import type { PasskeySummary } from '@keyward/shared/passkeys';
import { Button } from '@mantine/core';
import { IconFingerprint } from '@tabler/icons-react';
import { formatDate } from '../../../lib/format-time.ts';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import classes from './session-row.module.css';

interface PasskeyRowProps {
  passkey: PasskeySummary;
  onRemove: () => void;
}

export function PasskeyRow({ passkey, onRemove }: PasskeyRowProps) {
  const { name, createdAt, lastUsedAt } = passkey;
  return (
    <li className={classes.root}>
      <IconFingerprint size={22} stroke={1.5} className={classes.icon} aria-hidden="true" />
      <div className={classes.text}>
        <p className={classes.device}>{name}</p>
        <p className={classes.facts}>
          Added {formatDate(createdAt)}
          {' · '}
          {lastUsedAt === null ? (
            'not used yet'
          ) : (
            <>
              used <RelativeTime time={lastUsedAt} />
            </>
          )}
        </p>
      </div>
      <Button variant="default" size="xs" onClick={onRemove} aria-label={`Remove ${name}`}>
        Remove
      </Button>
    </li>
  );
}
