import type { AuditEvent } from '@keyward/shared/audit';
import { type ReactNode, useId } from 'react';
import { formatDate } from '../lib/format-time.ts';
import { AuditActor } from './audit-actor.tsx';
import { AuditEventRow } from './audit-event-row.tsx';
import classes from './audit-events.module.css';

interface AuditEventsProps {
  events: readonly AuditEvent[];
  /** How to call what an event was about, such as `this key` on its own page. */
  nameTarget: (event: AuditEvent) => ReactNode;
  /** How to call who did it, where that is not to lead to a key of the organization. */
  nameActor?: (actor: AuditEvent['actor']) => ReactNode;
  /** What else there is to tell of an event. */
  tellMore?: (event: AuditEvent) => ReactNode;
}

/** What happened, newest first, day by day in the reader's zone. */
export function AuditEvents({
  events,
  nameTarget,
  nameActor = (actor) => <AuditActor actor={actor} />,
  tellMore,
}: AuditEventsProps) {
  const id = useId();
  return byDay(events).map(([day, ofDay], index) => (
    <section key={day} aria-labelledby={`${id}-${index}`} className={classes.day}>
      <h3 id={`${id}-${index}`} className={classes.date}>
        {day}
      </h3>
      <ol className={classes.list}>
        {ofDay.map((event) => (
          <AuditEventRow
            key={event.id}
            event={event}
            actor={nameActor(event.actor)}
            more={tellMore?.(event)}
            target={isOwn(event) ? 'themselves' : nameTarget(event)}
          />
        ))}
      </ol>
    </section>
  ));
}

const isOwn = ({ actor, targetType, targetId }: AuditEvent): boolean =>
  targetType === 'user' && actor.id === targetId;

function byDay(events: readonly AuditEvent[]): [string, AuditEvent[]][] {
  const days = new Map<string, AuditEvent[]>();
  for (const event of events) {
    const day = formatDate(event.at);
    days.set(day, [...(days.get(day) ?? []), event]);
  }
  return [...days];
}
