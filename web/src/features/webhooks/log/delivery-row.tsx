import { IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { StatusMark } from '../../../ui/status-mark.tsx';
import { deliveryWords } from '../describe-delivery.ts';
import type { LogAttempt, LogEntry } from '../standing.ts';
import { DeliveryDetail } from './delivery-detail.tsx';
import classes from './delivery-log.module.css';

interface DeliveryRowProps {
  entry: LogEntry;
  isEnabled: boolean;
}

/** One message in a line, and all of it where one asks. */
export function DeliveryRow({ entry, isEnabled }: DeliveryRowProps) {
  const [isOpen, setOpen] = useState(false);
  const { status, type, attempts, createdAt, redeliveryOf } = entry;
  const { tone, label } = deliveryWords[status];
  const last = attempts.at(-1);
  return (
    <li className={classes.entry}>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary className={classes.summary}>
          <IconChevronRight size={16} className={classes.chevron} aria-hidden="true" />
          <span className={classes.status}>
            <StatusMark tone={tone}>{label}</StatusMark>
          </span>
          <span className={classes.type}>
            <code>{type}</code>
            {redeliveryOf !== null && <span className={classes.again}>sent again</span>}
          </span>
          <span className={classes.answer}>{describeLast(last, entry)}</span>
          <span className={classes.time}>
            <RelativeTime time={createdAt} />
          </span>
        </summary>
        {isOpen && <DeliveryDetail entry={entry} isEnabled={isEnabled} />}
      </details>
    </li>
  );
}

/** `204 in 12 ms`, `500 in 3 ms, 4 attempts`, `no answer`. */
function describeLast(last: LogAttempt | undefined, { attempts, status }: LogEntry): string {
  const count = attempts.length;
  if (last === undefined) {
    return status === 'pending' ? 'not sent yet' : 'not sent';
  }
  const answer =
    last.statusCode === null ? 'no answer' : `${last.statusCode} in ${last.durationMs} ms`;
  return count === 1 ? answer : `${answer}, ${count} attempts`;
}
