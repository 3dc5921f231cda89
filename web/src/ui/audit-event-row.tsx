import type { AuditEvent } from '@keyward/shared/audit';
import { Fragment, type ReactNode } from 'react';
import { auditChanges } from '../lib/audit-changes.ts';
import { describeAuditEvent } from '../lib/describe-audit-event.ts';
import { formatExactTime, formatTimeOfDay } from '../lib/format-time.ts';
import { AuditChanges } from './audit-changes.tsx';
import classes from './audit-events.module.css';
import { CopyButton } from './copy-button.tsx';
import { Disclosure } from './disclosure.tsx';

export const auditEventId = (eventId: string): string => `event-${eventId}`;

interface AuditEventRowProps {
  event: AuditEvent;
  actor: ReactNode;
  target: ReactNode;
  /** What else there is to tell, for whoever opens it. */
  more?: ReactNode;
}

/** One event: who did what, when, from where, in which request, and what it changed. */
export function AuditEventRow({ event, actor, target, more }: AuditEventRowProps) {
  const { at, address, userAgent, requestId, data } = event;
  const hasChanges = auditChanges(data).length > 0;
  const isChange = hasChanges && typeof data.before === 'object' && data.before !== null;
  const isMade = hasChanges && !isChange;
  return (
    <li id={auditEventId(event.id)} tabIndex={-1} className={classes.event}>
      <time dateTime={at} title={formatExactTime(at)} className={classes.time}>
        {formatTimeOfDay(at)}
      </time>
      <div className={classes.body}>
        <p className={classes.sentence}>
          {actor} <Deed event={event} target={target} />
        </p>
        <p className={classes.meta}>
          {address !== null && (
            <span title={userAgent ?? undefined}>
              from <code>{address}</code>
            </span>
          )}
          <span className={classes.request}>
            request <code>{requestId}</code>
            <CopyButton text={requestId} label={`Copy request id ${requestId}`} />
          </span>
        </p>
        {isChange && <AuditChanges data={data} />}
        {isMade && more === undefined && (
          <Disclosure title="As it was made">
            <AuditChanges data={data} />
          </Disclosure>
        )}
        {more !== undefined && (
          <Disclosure title="Details">
            <div className={classes.details}>
              {more}
              {isMade && <AuditChanges data={data} />}
            </div>
          </Disclosure>
        )}
      </div>
    </li>
  );
}

// Stands in the sentence where the target belongs, which can be a link.
const place = '\u0000';

function Deed({ event, target }: { event: AuditEvent; target: ReactNode }) {
  const [start, ...rest] = describeAuditEvent(event, place).split(place);
  return (
    <>
      {start}
      {rest.map((part) => (
        <Fragment key={part}>
          {target}
          {part}
        </Fragment>
      ))}
    </>
  );
}
