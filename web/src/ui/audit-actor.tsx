import type { AuditEvent } from '@keyward/shared/audit';
import { Link } from '@tanstack/react-router';
import { useMembership } from '../lib/membership.ts';
import classes from './audit-events.module.css';

/** Who did something: a member, a key that leads to its page, or Keyward itself. */
export function AuditActor({ actor }: { actor: AuditEvent['actor'] }) {
  const { organization, user } = useMembership();
  switch (actor.type) {
    case 'user':
      return <strong>{actor.id === user.id ? 'You' : actor.name}</strong>;
    case 'operator':
      return (
        <>
          <strong>{actor.id === user.id ? 'You' : actor.name}</strong> (operator)
        </>
      );
    case 'key':
      return (
        <>
          The key{' '}
          {actor.id === null ? (
            <strong>{actor.name}</strong>
          ) : (
            <Link
              to="/o/$organizationSlug/keys/$keyId"
              params={{ organizationSlug: organization.slug, keyId: actor.id }}
              className={classes.actor}
            >
              {actor.name}
            </Link>
          )}
        </>
      );
    case 'system':
      return (
        <>
          <strong>Keyward</strong> ({actor.name})
        </>
      );
  }
}
