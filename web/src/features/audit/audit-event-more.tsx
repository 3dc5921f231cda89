import type { AuditEvent } from '@keyward/shared/audit';
import { Button } from '@mantine/core';
import { CopyButton } from '../../ui/copy-button.tsx';
import classes from './audit-event-more.module.css';
import type { AuditFilters } from './audit-filters.ts';

interface AuditEventMoreProps {
  event: AuditEvent;
  filters: AuditFilters;
  onFilter: (filters: AuditFilters) => void;
}

const actorWords = {
  user: 'A person',
  operator: 'The operator of this Keyward',
  key: 'A key',
  system: 'Keyward itself',
} as const;

/** The rest of what is recorded of an event, and the way to what is like it. */
export function AuditEventMore({ event, filters, onFilter }: AuditEventMoreProps) {
  const { number, action, actor, targetType, targetId, userAgent } = event;
  return (
    <>
      <dl className={classes.facts}>
        <dt>Event</dt>
        <dd>
          No. {number}, <code>{action}</code>
        </dd>
        <dt>Actor</dt>
        <dd>
          {actorWords[actor.type]}
          {actor.id !== null && (
            <>
              , <code>{actor.id}</code>
            </>
          )}
        </dd>
        <dt>Target</dt>
        <dd>
          {targetType} <code>{targetId}</code>
          <CopyButton text={targetId} label={`Copy ${targetId}`} />
        </dd>
        <dt>User agent</dt>
        <dd>{userAgent ?? 'None was sent'}</dd>
      </dl>
      <div className={classes.ways}>
        <Button
          variant="default"
          size="xs"
          disabled={filters.action === action}
          onClick={() => onFilter({ ...filters, action })}
        >
          Only this action
        </Button>
        <Button
          variant="default"
          size="xs"
          disabled={filters.target === targetId}
          onClick={() => onFilter({ ...filters, target: targetId })}
        >
          Only this {targetType}
        </Button>
      </div>
    </>
  );
}
