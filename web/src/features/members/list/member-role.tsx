import type { Member } from '../member.ts';
import { roleWords } from '../roles/role-words.ts';
import classes from './member-pieces.module.css';

/** The role, and what it allows. */
export function MemberRole({ role, isLastOwner }: { role: Member['role']; isLastOwner: boolean }) {
  const { label, short } = roleWords[role];
  return (
    <>
      <span>{isLastOwner ? 'Owner, the last one' : label}</span>
      <span className={classes.wrapped}>{short}</span>
    </>
  );
}
