import type { Key } from '@keyward/shared/keys';
import { IconRobot, IconUser } from '@tabler/icons-react';
import classes from './key-pieces.module.css';

/** Whose key it is: a member's, or the organization's own. */
export function KeyOwner({ apiKey: { kind, user } }: { apiKey: Key }) {
  const Icon = kind === 'bot' ? IconRobot : IconUser;
  return (
    <>
      <span className={classes.first} title={user?.email}>
        {user?.name ?? 'Bot'}
      </span>
      <span className={classes.kind}>
        <Icon size={13} stroke={1.75} aria-hidden="true" />
        {kind === 'bot' ? 'Bot key' : 'User key'}
      </span>
    </>
  );
}
