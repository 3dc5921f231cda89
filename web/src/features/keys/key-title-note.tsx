import type { Key } from '@keyward/shared/keys';
import { StatusMark } from '../../ui/status-mark.tsx';
import classes from './key-title-note.module.css';
import { statusLabels, statusTones } from './labels.ts';
import { MaskedSecret } from './masked-secret.tsx';

/** Under the name of a key: its secret, and what is out of the ordinary about it. */
export function KeyTitleNote({ apiKey }: { apiKey: Key }) {
  const { status, secrets } = apiKey;
  return (
    <span className={classes.root}>
      <MaskedSecret apiKey={apiKey} />
      {status !== 'active' && (
        <StatusMark tone={statusTones[status]}>{statusLabels[status]}</StatusMark>
      )}
      {status !== 'revoked' && secrets.length > 1 && <StatusMark tone="warn">Rotating</StatusMark>}
    </span>
  );
}
