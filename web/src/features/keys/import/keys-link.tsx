import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMembership } from '../../../lib/membership.ts';

export function KeysLink() {
  const { organization } = useMembership();
  return (
    <Button
      renderRoot={(props) => (
        <Link
          to="/o/$organizationSlug/keys"
          params={{ organizationSlug: organization.slug }}
          {...props}
        />
      )}
    >
      See the keys
    </Button>
  );
}
