import type { AuditBreak, AuditFault } from '@keyward/shared/audit-verdict';
import { formatCount } from '../../lib/format-time.ts';
import classes from './verify-panel.module.css';

// There the event before is as much in doubt as this one.
const inDoubt = new Set<AuditFault>(['not_linked', 'head_changed', 'head_missing', 'beyond_head']);

/** Where the chain breaks, and what to do then. */
export function BrokenLog({ broken: { number, reason, detail } }: { broken: AuditBreak }) {
  const sound = inDoubt.has(reason) ? 0 : number - 1;
  return (
    <div role="alert" className={classes.broken}>
      <p className={classes.title}>The log is broken at event {formatCount(number)}</p>
      <p>{detail}</p>
      <p>
        {sound > 0 && `What was recorded up to event ${formatCount(sound)} stands. `}
        Keyward never does this: somebody who can write to its database did.
      </p>
      <ol className={classes.steps}>
        <li>Export the log as NDJSON now, and keep the file apart from this server.</li>
        <li>Compare it with an earlier export or a backup, from event {formatCount(number)} on.</li>
        <li>Find out who could reach the database, and change its passwords.</li>
      </ol>
    </div>
  );
}
