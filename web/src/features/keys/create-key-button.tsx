import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useMembership } from '../../lib/membership.ts';

export function CreateKeyButton() {
  const { organization } = useMembership();
  return (
    <Button
      leftSection={<IconPlus size={18} />}
      renderRoot={(props) => (
        <Link
          to="/o/$organizationSlug/keys/new"
          params={{ organizationSlug: organization.slug }}
          {...props}
        />
      )}
    >
      Create key
    </Button>
  );
}
