import type { AuditEvent } from '@keyward/shared/audit';
import { UnstyledButton } from '@mantine/core';
import type { CurrentUser } from '../../lib/membership.ts';
import type { AuditFilters } from './audit-filters.ts';
import classes from './audit-log.module.css';

interface ChosenActorProps {
  actor: AuditEvent['actor'];
  user: CurrentUser;
  filters: AuditFilters;
  onFilter: (filters: AuditFilters) => void;
}

/** Who did something; a click shows what else they did. */
export function ChosenActor({ actor, user, filters, onFilter }: ChosenActorProps) {
  const { type, id } = actor;
  const isUser = id === user.id;
  const name = isUser ? 'You' : actor.name;
  if (id === null) {
    return (
      <>
        <strong>Keyward</strong> ({actor.name})
      </>
    );
  }
  const { by: _by, ...others } = filters;
  return (
    <>
      {type === 'key' && 'The key '}
      {filters.actor === id ? (
        <strong>{name}</strong>
      ) : (
        <UnstyledButton
          className={classes.actor}
          component="button"
          aria-label={isUser ? 'You: show what else you did' : `${name}: show what else they did`}
          title={isUser ? 'Show what else you did' : 'Show what else they did'}
          onClick={() => onFilter({ ...others, actor: id })}
        >
          {name}
        </UnstyledButton>
      )}
      {type === 'operator' && ' (operator)'}
    </>
  );
}
