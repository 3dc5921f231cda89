import type { ProfileChange } from '@keyward/shared/profile-changes/profile-change';
import { IconArrowRight } from '@tabler/icons-react';
import { StatusMark } from '../../../ui/status-mark.tsx';
import classes from './change-list.module.css';

/** What changes, from what to what, and what follows from it. */
export function ChangeList({ changes }: { changes: readonly ProfileChange[] }) {
  return (
    <ul className={classes.list} aria-label="Changes">
      {changes.map(({ label, before, after, meaning, weight }) => (
        <li key={label} className={classes.change}>
          <div className={classes.head}>
            <strong>{label}</strong>
            {weight === 'careful' && <StatusMark tone="warn">Take care</StatusMark>}
            {weight === 'refused' && <StatusMark tone="bad">Not possible</StatusMark>}
          </div>
          <p className={classes.values}>
            {before === null ? (
              <>
                New: <ins>{after}</ins>
              </>
            ) : (
              <>
                <del>{before}</del>
                <IconArrowRight size={14} aria-label="becomes" className={classes.arrow} />
                {after === null ? 'removed' : <ins>{after}</ins>}
              </>
            )}
          </p>
          <p className={classes.meaning}>{meaning}</p>
        </li>
      ))}
    </ul>
  );
}
