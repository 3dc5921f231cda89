import type { AuditEvent } from '@keyward/shared/audit';
import { Skeleton, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { toFailure } from '../../lib/failure.ts';
import type { CurrentUser } from '../../lib/membership.ts';
import { type AuditScope, useAuditPages } from '../../lib/use-audit-pages.ts';
import { auditEventId } from '../../ui/audit-event-row.tsx';
import { AuditEvents } from '../../ui/audit-events.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { LoadMore } from '../../ui/load-more.tsx';
import { AuditEventMore } from './audit-event-more.tsx';
import { AuditFilterBar } from './audit-filter-bar.tsx';
import { type AuditFilters, hasFilters, toAuditInput } from './audit-filters.ts';
import classes from './audit-log.module.css';
import { ChosenActor } from './chosen-actor.tsx';
import { NoEvents } from './no-events.tsx';

interface AuditLogProps {
  scope: AuditScope;
  user: CurrentUser;
  filters: AuditFilters;
  onFilter: (filters: AuditFilters) => void;
  /** Leads from an event to what it was about. */
  nameTarget: (event: AuditEvent, name: string | null) => ReactNode;
  /** Who can be chosen by name. */
  people: readonly { value: string; label: string }[];
}

/** The events that pass the filters, newest first. */
export function AuditLog({ scope, user, filters, onFilter, nameTarget, people }: AuditLogProps) {
  const pages = useAuditPages(toAuditInput(filters), scope);
  const events = pages.data?.pages.flatMap((page) => page.data) ?? [];
  const names: Record<string, string> = Object.assign(
    {},
    ...(pages.data?.pages.map((page) => page.names) ?? []),
  );
  const actorNames = new Map(events.map(({ actor }) => [actor.id, actor.name]));
  return (
    <>
      <AuditFilterBar
        scope={scope}
        filters={filters}
        onFilter={onFilter}
        people={people}
        nameActor={(id) => actorNames.get(id) ?? id}
        nameTarget={(id) => names[id] ?? id}
      />
      {pages.isPending && (
        <Stack gap="xs" aria-label="Loading events">
          <Skeleton height={20} width={90} />
          <Skeleton height={420} radius="lg" />
        </Stack>
      )}
      {pages.isError && (
        <FailureNotice failure={toFailure(pages.error)} onRetry={() => void pages.refetch()} />
      )}
      {pages.isSuccess && events.length === 0 && (
        <NoEvents isFiltered={hasFilters(filters)} onClear={() => onFilter({})} />
      )}
      <section
        aria-labelledby="events"
        data-stale={pages.isPlaceholderData || undefined}
        className={classes.events}
      >
        <h2 id="events" className="visually-hidden">
          Events
        </h2>
        <AuditEvents
          events={events}
          nameTarget={(event) => nameTarget(event, names[event.targetId] ?? null)}
          nameActor={(actor) => (
            <ChosenActor actor={actor} user={user} filters={filters} onFilter={onFilter} />
          )}
          tellMore={(event) => (
            <AuditEventMore event={event} filters={filters} onFilter={onFilter} />
          )}
        />
      </section>
      <LoadMore pages={pages} elementOf={auditEventId} />
    </>
  );
}
