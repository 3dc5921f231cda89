import type { Service } from '@keyward/shared/services';
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMembership } from '../../lib/membership.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import { ProfileCard } from './profile-card.tsx';

/** The one service that every Keyward has: its own API. */
const ownSlug = 'keyward';

/** A service of the catalog, and the way to a key of it. */
export function ServiceCard({ service }: { service: Service }) {
  const { organization } = useMembership();
  if (service.status === 'disabled') {
    return <ProfileCard profile={service} mark={<StatusMark tone="warn">Disabled</StatusMark>} />;
  }
  return (
    <ProfileCard
      profile={service}
      mark={service.slug === ownSlug && <StatusMark tone="quiet">Built in</StatusMark>}
      action={
        <Button
          variant="default"
          size="xs"
          aria-label={`Create a key of ${service.name}`}
          renderRoot={(props) => (
            <Link
              to="/o/$organizationSlug/keys/new"
              params={{ organizationSlug: organization.slug }}
              search={{ service: service.slug }}
              {...props}
            />
          )}
        >
          Create a key
        </Button>
      }
    />
  );
}
