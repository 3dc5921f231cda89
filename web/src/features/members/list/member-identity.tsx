import { useMembership } from '../../../lib/membership.ts';
import type { Member } from '../member.ts';
import classes from './member-pieces.module.css';

/** Who it is: name and email, and whether it is the reader. */
export function MemberIdentity({ member: { userId, name, email } }: { member: Member }) {
  const { user } = useMembership();
  return (
    <span className={classes.identity}>
      <span className={classes.avatar} aria-hidden="true">
        {initialsOf(name)}
      </span>
      <span className={classes.text}>
        <span className={classes.name}>
          <span className={classes.clipped} title={name}>
            {name}
          </span>
          {userId === user.id && <span className={classes.you}>You</span>}
        </span>
        <span className={classes.second} title={email}>
          {email}
        </span>
      </span>
    </span>
  );
}

function initialsOf(name: string): string {
  const words = name.split(/\s+/);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : words;
  return letters
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toUpperCase();
}
