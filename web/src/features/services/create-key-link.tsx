import type { Service } from '@keyward/shared/services';
import { Button, type MantineSize } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMembership } from '../../lib/membership.ts';

/** The way to a new key of this service. */
export function CreateKeyLink({ service, size }: { service: Service; size: MantineSize }) {
  const { organization } = useMembership();
  return (
    <Button
      variant="default"
      size={size}
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
  );
}
