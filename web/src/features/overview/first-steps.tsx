import { Button } from '@mantine/core';
import { IconKey, IconUsers } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useMembership } from '../../lib/membership.ts';
import { EmptyNotice } from '../../ui/empty-notice.tsx';

/** What to do first in an organization without a key. */
export function FirstSteps() {
  const { organization } = useMembership();
  const params = { organizationSlug: organization.slug };
  return (
    <EmptyNotice
      icon={<IconKey size={22} />}
      title="Two steps to begin with"
      action={
        <>
          <Button
            leftSection={<IconKey size={18} />}
            renderRoot={(props) => (
              <Link to="/o/$organizationSlug/keys/new" params={params} {...props} />
            )}
          >
            Create the first key
          </Button>
          <Button
            variant="default"
            leftSection={<IconUsers size={18} />}
            renderRoot={(props) => (
              <Link to="/o/$organizationSlug/members" params={params} {...props} />
            )}
          >
            Invite members
          </Button>
        </>
      }
    >
      Create a key of a service for the first system that calls it, and invite whoever manages keys
      with you. Once keys are in use, this page shows what was accepted, what was refused, and which
      keys want attention.
    </EmptyNotice>
  );
}
