import type { AuditEvent } from '@keyward/shared/audit';
import { auditChanges } from '../lib/audit-changes.ts';
import { describeAuditEvent } from '../lib/describe-audit-event.ts';
import { formatExactTime, formatTimeOfDay } from '../lib/format-time.ts';
import { AuditActor } from './audit-actor.tsx';
import { AuditChanges } from './audit-changes.tsx';
import classes from './audit-events.module.css';
import { CopyButton } from './copy-button.tsx';
import { Disclosure } from './disclosure.tsx';

export const auditEventId = (eventId: string): string => `event-${eventId}`;

/** One event: who did what, when, from where, in which request, and what it changed. */
export function AuditEventRow({ event, target }: { event: AuditEvent; target: string }) {
  const { at, address, userAgent, requestId, data } = event;
  const isChange = typeof data.before === 'object' && data.before !== null;
  return (
    <li id={auditEventId(event.id)} tabIndex={-1} className={classes.event}>
      <time dateTime={at} title={formatExactTime(at)} className={classes.time}>
        {formatTimeOfDay(at)}
      </time>
      <div className={classes.body}>
        <p className={classes.sentence}>
          <AuditActor actor={event.actor} /> {describeAuditEvent(event, target)}
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
        {auditChanges(data).length > 0 &&
          (isChange ? (
            <AuditChanges data={data} />
          ) : (
            <Disclosure title="As it was made">
              <AuditChanges data={data} />
            </Disclosure>
          ))}
      </div>
    </li>
  );
}
