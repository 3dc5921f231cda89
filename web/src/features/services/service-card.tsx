import type { Service } from '@keyward/shared/services';
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMembership } from '../../lib/membership.ts';
import { CreateKeyLink } from './create-key-link.tsx';
import { isOwnService } from './is-own-service.ts';
import { ProfileCard } from './profile-card.tsx';
import { ServiceMark } from './service-mark.tsx';

/** A service of the catalog, and the ways to a key of it and to its profile. */
export function ServiceCard({ service }: { service: Service }) {
  const { organization, user } = useMembership();
  const isTheirs = user.isOperator && !isOwnService(service);
  return (
    <ProfileCard
      profile={service}
      mark={<ServiceMark service={service} />}
      action={
        <>
          {service.status === 'active' && <CreateKeyLink service={service} size="xs" />}
          <Button
            variant="subtle"
            size="xs"
            aria-label={`${isTheirs ? 'Edit' : 'Details of'} ${service.name}`}
            renderRoot={(props) => (
              <Link
                to="/o/$organizationSlug/services/$serviceSlug"
                params={{ organizationSlug: organization.slug, serviceSlug: service.slug }}
                {...props}
              />
            )}
          >
            {isTheirs ? 'Edit' : 'Details'}
          </Button>
        </>
      }
    />
  );
}
