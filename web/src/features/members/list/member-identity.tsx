import { useMembership } from '../../../lib/membership.ts';
import { Initials } from '../../../ui/initials.tsx';
import type { Member } from '../member.ts';
import classes from './member-pieces.module.css';

/** Who it is: name and email, and whether it is the reader. */
export function MemberIdentity({ member: { userId, name, email } }: { member: Member }) {
  const { user } = useMembership();
  return (
    <span className={classes.identity}>
      <Initials name={name} />
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
