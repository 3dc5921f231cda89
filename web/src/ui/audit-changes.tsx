import { IconArrowRight } from '@tabler/icons-react';
import { type AuditChange, auditChanges } from '../lib/audit-changes.ts';
import classes from './audit-changes.module.css';

/** Before and after of each field that an event changed. */
export function AuditChanges({ data }: { data: unknown }) {
  return (
    <dl className={classes.root}>
      {auditChanges(data).map((change) => (
        <div key={change.field} className={classes.change}>
          <dt>{change.label}</dt>
          <dd>
            <Difference {...change} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Difference({ before, after, added, removed }: AuditChange) {
  if (added.length + removed.length > 0) {
    return (
      <ul className={classes.items}>
        {removed.map((one) => (
          <li key={`- ${one}`}>
            <del className={classes.removed}>
              <span className="visually-hidden">Removed </span>
              {one}
            </del>
          </li>
        ))}
        {added.map((one) => (
          <li key={`+ ${one}`}>
            <ins className={classes.added}>
              <span className="visually-hidden">Added </span>
              {one}
            </ins>
          </li>
        ))}
      </ul>
    );
  }
  return (
    <>
      {before !== null && (
        <>
          <del className={classes.removed}>
            <span className="visually-hidden">Before: </span>
            {before}
          </del>{' '}
          <IconArrowRight size={13} aria-hidden="true" className={classes.arrow} />{' '}
        </>
      )}
      <ins className={classes.added}>
        {before !== null && <span className="visually-hidden">After: </span>}
        {after}
      </ins>
    </>
  );
}
