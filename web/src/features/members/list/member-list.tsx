import { useMediaQuery } from '@mantine/hooks';
import { CalendarDate } from '../../../ui/calendar-date.tsx';
import type { Member } from '../member.ts';
import { isLastOwner } from '../roles/member-rules.ts';
import { MemberActions } from './member-actions.tsx';
import { MemberIdentity } from './member-identity.tsx';
import { MemberKeys } from './member-keys.tsx';
import classes from './member-list.module.css';
import { MemberRole } from './member-role.tsx';

interface MemberListProps {
  members: readonly Member[];
  onChangeRole: (member: Member) => void;
}

/** A table where there is room for one, else cards that say the same. */
export function MemberList(props: MemberListProps) {
  const isWide = useMediaQuery('(min-width: 56em)', true, { getInitialValueInEffect: false });
  return isWide ? <MemberTable {...props} /> : <MemberCards {...props} />;
}

function MemberTable({ members, onChangeRole }: MemberListProps) {
  return (
    <div className={classes.frame}>
      <table className={classes.table}>
        <caption className="visually-hidden">Members, first come first</caption>
        <thead>
          <tr>
            <th scope="col">Member</th>
            <th scope="col">Role</th>
            <th scope="col">Live keys</th>
            <th scope="col">Joined</th>
            <th scope="col">
              <span className="visually-hidden">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {members.map((member) => (
            <tr key={member.userId}>
              <th scope="row">
                <MemberIdentity member={member} />
              </th>
              <td>
                <MemberRole role={member.role} isLastOwner={isLastOwner(member, members)} />
              </td>
              <td>
                <MemberKeys member={member} />
              </td>
              <td>
                <CalendarDate time={member.joinedAt} />
              </td>
              <td className={classes.actions}>
                <MemberActions member={member} members={members} onChangeRole={onChangeRole} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function MemberCards({ members, onChangeRole }: MemberListProps) {
  return (
    <ul className={classes.cards} aria-label="Members, first come first">
      {members.map((member) => (
        <li key={member.userId} className={classes.card}>
          <div className={classes.heading}>
            <MemberIdentity member={member} />
            <MemberActions member={member} members={members} onChangeRole={onChangeRole} />
          </div>
          <dl className={classes.facts}>
            <dt>Role</dt>
            <dd>
              <MemberRole role={member.role} isLastOwner={isLastOwner(member, members)} />
            </dd>
            <dt>Live keys</dt>
            <dd>
              <MemberKeys member={member} />
            </dd>
            <dt>Joined</dt>
            <dd>
              <CalendarDate time={member.joinedAt} />
            </dd>
          </dl>
        </li>
      ))}
    </ul>
  );
}
