import type { AuditEvent } from '@keyward/shared/audit';
import { Link } from '@tanstack/react-router';
import { textAt } from '../../lib/audit-data.ts';
import { useMembership } from '../../lib/membership.ts';
import classes from './audit-log.module.css';

interface AuditTargetProps {
  event: AuditEvent;
  /** As it is called now; null where it is gone. */
  name: string | null;
}

/** What an event of an organization was about; where that is still there, the way to it. */
export function AuditTarget({ event, name }: AuditTargetProps) {
  const { organization, user } = useMembership();
  const { targetType, targetId } = event;
  const organizationSlug = organization.slug;
  switch (targetType) {
    case 'key':
      return (
        <>
          the key{' '}
          {name === null ? (
            <TargetName event={event} name={name} />
          ) : (
            <Link
              to="/o/$organizationSlug/keys/$keyId"
              params={{ organizationSlug, keyId: targetId }}
              className={classes.target}
            >
              {name}
            </Link>
          )}
        </>
      );
    case 'user':
      return targetId === user.id ? (
        <>you</>
      ) : (
        <Link
          to="/o/$organizationSlug/members"
          params={{ organizationSlug }}
          className={classes.target}
        >
          {name ?? targetId}
        </Link>
      );
    case 'organization':
      return <>the organization</>;
    default:
      return <PlainTarget event={event} name={name} />;
  }
}

/** The same where there is no page to lead to. */
export function PlainTarget({ event, name }: AuditTargetProps) {
  return (
    <>
      {event.targetType === 'user' ? '' : `the ${event.targetType} `}
      <TargetName event={event} name={name} />
    </>
  );
}

function TargetName({ event: { data, targetId }, name }: AuditTargetProps) {
  const recorded =
    textAt(data, 'after', 'name') ??
    textAt(data, 'before', 'name') ??
    textAt(data, 'before', 'url') ??
    textAt(data, 'name');
  const known = name ?? recorded;
  return known === null ? (
    <code className={classes.id}>{targetId}</code>
  ) : (
    <strong className={classes.id}>{known}</strong>
  );
}
