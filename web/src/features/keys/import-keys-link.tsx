import { Button } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useMembership } from '../../lib/membership.ts';

export function ImportKeysLink() {
  const { organization } = useMembership();
  return (
    <Button
      variant="default"
      leftSection={<IconUpload size={16} />}
      renderRoot={(props) => (
        <Link
          to="/o/$organizationSlug/keys/import"
          params={{ organizationSlug: organization.slug }}
          {...props}
        />
      )}
    >
      Import
    </Button>
  );
}
