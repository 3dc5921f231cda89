import type { KeyStatus } from '@keyward/shared/keys';
import classes from './key-secrets.module.css';

const notes: Record<Exclude<KeyStatus, 'active'>, string> = {
  suspended:
    'This key is suspended: calls with any of its secrets are refused until it is resumed. It can be rotated meanwhile.',
  expired:
    'This key has expired: calls with any of its secrets are refused. To use it again, edit it and choose a later expiry.',
  revoked: 'This key is revoked for good: calls with any of its secrets are refused.',
};

/** Why the secrets below are not accepted, where they are not. */
export function StandingNote({ status }: { status: KeyStatus }) {
  return status === 'active' ? null : <p className={classes.note}>{notes[status]}</p>;
}
